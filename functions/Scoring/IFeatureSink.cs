namespace Moderato.Scoring;

/// <summary>The numbers are part of the hash: they never change and are never used again for something else.</summary>
public enum FeatureKind : byte
{
    /// <summary>A word, emoji, mark or placeholder.</summary>
    Word = 1,

    /// <summary>Two of them in a row.</summary>
    WordPair = 2,

    /// <summary>A character n-gram inside a word, with &lt; and &gt; for its ends.</summary>
    Characters = 3,

    /// <summary>The text has a drawn-out word.</summary>
    Elongation = 4,
}

/// <summary>Takes features one by one: the scorer wants only the buckets, an explanation wants the words too.</summary>
public interface IFeatureSink
{
    /// <param name="bucket">Where its weights lie.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="negated">Whether it stands in the reach of a negation.</param>
    /// <param name="first">Its characters.</param>
    /// <param name="second">The second word of a pair, else empty.</param>
    void Add(int bucket, FeatureKind kind, bool negated, scoped ReadOnlySpan<char> first, scoped ReadOnlySpan<char> second);
}
