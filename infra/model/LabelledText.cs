using Moderato.Comments;

namespace Moderato.Model;

/// <param name="Text">As its author wrote it.</param>
/// <param name="Label">What a person or a rule said it feels like.</param>
/// <param name="Language">ISO 639-1.</param>
/// <param name="Source">Folder it came from: what leave-one-source-out leaves out.</param>
/// <param name="Group">Texts that differ by a word share one; a split never divides a group.</param>
public sealed record LabelledText(string Text, Sentiment Label, string Language, string Source, string Group);
