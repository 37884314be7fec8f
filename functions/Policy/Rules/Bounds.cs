using System.Globalization;

namespace Moderato.Policy;

/// <summary>A range of numbers.</summary>
internal readonly record struct Bounds(double Low, bool LowExcluded, double High, bool HighExcluded)
{
    public static readonly Bounds Everything = new(double.NegativeInfinity, false, double.PositiveInfinity, false);

    /// <summary>Whether it holds nothing at all.</summary>
    public bool IsEmpty => Low > High || (Low == High && (LowExcluded || HighExcluded));

    public bool Holds(double value) => (LowExcluded ? value > Low : value >= Low) && (HighExcluded ? value < High : value <= High);

    public Bounds And(Bounds other)
    {
        var (low, lowExcluded) = Low > other.Low || (Low == other.Low && LowExcluded) ? (Low, LowExcluded) : (other.Low, other.LowExcluded);
        var (high, highExcluded) = High < other.High || (High == other.High && HighExcluded) ? (High, HighExcluded) : (other.High, other.HighExcluded);
        return new Bounds(low, lowExcluded, high, highExcluded);
    }

    public bool IsWithin(Bounds other) => And(other) == this;

    public override string ToString()
    {
        var parts = new List<string>();
        if (!double.IsNegativeInfinity(Low))
            parts.Add($"{(LowExcluded ? "above" : "at_least")} {Low.ToString(CultureInfo.InvariantCulture)}");
        if (!double.IsPositiveInfinity(High))
            parts.Add($"{(HighExcluded ? "below" : "at_most")} {High.ToString(CultureInfo.InvariantCulture)}");
        return string.Join(", ", parts);
    }
}
