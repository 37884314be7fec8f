namespace Moderato.Model.Corpus;

/// <summary>A text and what is known of it.</summary>
/// <param name="Text">As its author wrote it.</param>
/// <param name="Language">ISO 639-1, or <c>other</c>.</param>
/// <param name="Source">Where it comes from: what leave-one-source-out leaves out.</param>
/// <param name="Group">Texts that are alike share one (a writer's theme, a video, a paraphrased sentence): no split divides a group.</param>
/// <param name="IsForTesting">Never trained on.</param>
/// <param name="Targets">One per column of <see cref="Columns"/>: 0 to 1, or NaN where nobody said.</param>
public sealed record LabelledText(string Text, string Language, string Source, string Group, bool IsForTesting, float[] Targets);
