using System.Runtime.InteropServices;

namespace Moderato.Scoring;

/// <summary>What a word is known for. The numbers are part of the model file and of hashes: they never change.</summary>
[Flags]
public enum WordClasses
{
    None = 0,

    /// <summary>One of the commonest words of Italian: shows what language a text is in.</summary>
    ItalianFunction = 1,

    /// <summary>One of the commonest words of English.</summary>
    EnglishFunction = 2,

    /// <summary>Turns what follows into its opposite.</summary>
    Negation = 4,

    /// <summary>Ends a negation; what follows weighs more than what came before ("ma", "but").</summary>
    Contrast = 8,

    /// <summary>Makes the next word stronger ("molto", "very").</summary>
    Intensifier = 16,

    /// <summary>An insult.</summary>
    Insult = 32,

    /// <summary>A vulgar word, whoever it is aimed at.</summary>
    Obscene = 64,

    /// <summary>A slur against a group of people.</summary>
    Slur = 128,

    /// <summary>A word of violence.</summary>
    Violence = 256,

    /// <summary>A word of sex.</summary>
    Sexual = 512,

    /// <summary>A word of personal distress.</summary>
    Distress = 1024,

    /// <summary>A word of advertising and swindle.</summary>
    Selling = 2048,

    /// <summary>Asks ("come", "quanto", "how").</summary>
    Question = 4096,

    /// <summary>What <see cref="RudeWords"/> has.</summary>
    Rude = 8192,
}

public static class WordClassesExtensions
{
    /// <summary>As <see cref="Enum.HasFlag"/>, which allocates until the code is compiled for good.</summary>
    public static bool Have(this WordClasses classes, WordClasses one) => (classes & one) == one;
}

/// <param name="Hash">Of the word's form as the <see cref="Tokenizer"/> gives it.</param>
/// <param name="Italian">Valence in Italian, -5 (worst) to 5 (best), 0 for none.</param>
/// <param name="English">The same in English.</param>
/// <param name="Classes">What the word is known for in either language.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LexiconEntry(uint Hash, sbyte Italian, sbyte English, WordClasses Classes);

/// <summary>Words with a known mood or meaning, found by hash: the lists they come from are not in the model.</summary>
public sealed class Lexicon
{
    private readonly LexiconEntry[] _slots;
    private readonly int _bits;

    /// <param name="entries">In any order, each hash once.</param>
    public Lexicon(IReadOnlyCollection<LexiconEntry> entries)
    {
        Entries = [.. entries.OrderBy(entry => entry.Hash)];
        _bits = 4;
        while (1 << _bits < entries.Count * 2) _bits++;
        _slots = new LexiconEntry[1 << _bits];
        foreach (var entry in Entries)
        {
            var slot = Fnv1a.Fold(entry.Hash, _bits);
            while (_slots[slot].Hash != 0) slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = entry;
        }
    }

    /// <summary>Ascending by hash.</summary>
    public IReadOnlyList<LexiconEntry> Entries { get; }

    /// <summary>The hash of a form; 0 is never one, it marks an empty slot.</summary>
    public static uint HashOf(ReadOnlySpan<char> form) => Math.Max(1u, Fnv1a.Add(Fnv1a.OffsetBasis, form));

    /// <summary>The entry of a word, or the default one.</summary>
    public ref readonly LexiconEntry Find(uint hash)
    {
        var slot = Fnv1a.Fold(hash, _bits);
        while (_slots[slot].Hash != 0 && _slots[slot].Hash != hash) slot = (slot + 1) & (_slots.Length - 1);
        return ref _slots[slot];
    }
}
