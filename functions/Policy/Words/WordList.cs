namespace Moderato.Policy;

/// <summary>A list of words as the policy has it.</summary>
/// <param name="Name">What conditions call it.</param>
/// <param name="Entries">Words, several words one after the other, emoji; a star at the end stands for any ending.</param>
/// <param name="Whole">Whether an entry is only found as a word of its own; otherwise also inside other words.</param>
/// <param name="Inflect">Whether an entry is also found in its other forms.</param>
public sealed record WordList(string Name, IReadOnlyList<string> Entries, bool Whole = true, bool Inflect = true);
