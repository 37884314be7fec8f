using Moderato.Scoring;

namespace Moderato.Model;

/// <summary>
/// The temperature at which held-out probabilities are likeliest. Source: Guo, Pleiss, Sun and Weinberger, "On calibration of
/// modern neural networks", ICML 2017.
/// </summary>
public static class Temperature
{
    private const double Coldest = 0.2;
    private const double Hottest = 5;
    private const int Steps = 40;

    public static double Fit(TrainedWeights model, IReadOnlyList<Example> heldOut)
    {
        // The loss has one valley in the temperature, so golden sections close in on it.
        var (low, high) = (Coldest, Hottest);
        var golden = (Math.Sqrt(5) - 1) / 2;
        for (var step = 0; step < Steps; step++)
        {
            var (left, right) = (high - (golden * (high - low)), low + (golden * (high - low)));
            if (Loss(model, heldOut, left) < Loss(model, heldOut, right)) high = right;
            else low = left;
        }

        return (low + high) / 2;
    }

    private static double Loss(TrainedWeights model, IReadOnlyList<Example> examples, double temperature)
    {
        var loss = 0.0;
        Span<double> probabilities = stackalloc double[model.Labels];
        foreach (var example in examples)
        {
            model.Logits(example, probabilities);
            foreach (ref var logit in probabilities) logit /= temperature;
            Softmax.InPlace(probabilities);
            loss -= example.Weight * Math.Log(Math.Max(probabilities[example.Label], 1e-12));
        }

        return loss;
    }
}
