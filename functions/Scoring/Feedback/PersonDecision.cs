namespace Moderato.Scoring.Feedback;

/// <summary>What a person said of a comment.</summary>
/// <param name="Text">The comment.</param>
/// <param name="Label">A flag of the model, such as <c>toxicity</c>, <c>spam</c> or <c>complaint</c>.</param>
/// <param name="Holds">Whether it holds.</param>
/// <param name="At">When the person said so: of two decisions on one text the later counts.</param>
public sealed record PersonDecision(string Text, string Label, bool Holds, DateTimeOffset At);
