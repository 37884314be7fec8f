namespace Moderato.Scoring;

/// <summary>How a head's labels relate. The numbers are part of the model file.</summary>
public enum HeadKind : byte
{
    /// <summary>Exactly one of them holds: multinomial logistic regression.</summary>
    Choice = 1,

    /// <summary>Any number of them hold, each with a probability of its own: logistic regressions.</summary>
    Flags = 2,
}

/// <summary>One question the model answers.</summary>
/// <param name="Name">Such as <c>sentiment</c>.</param>
/// <param name="Kind">How its labels relate.</param>
/// <param name="Labels">In the order of its columns.</param>
/// <param name="Thresholds">Of flags: from which probability on one is taken to hold, 0 to 1. Of a choice: unused.</param>
public sealed record Head(string Name, HeadKind Kind, IReadOnlyList<string> Labels, IReadOnlyList<float> Thresholds);
