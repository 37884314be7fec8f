namespace Moderato.Scoring;

/// <summary>Features of a group share one factor: many n-grams do not drown few words.</summary>
public enum FeatureGroup
{
    /// <summary>Words, emoji, marks, placeholders, and two of them in a row.</summary>
    Words,

    /// <summary>Character n-grams inside words, with &lt; and &gt; for their ends.</summary>
    Characters,
}

/// <summary>Takes features as the extractor finds them: the scorer wants only hashes, an explanation wants their places too.</summary>
public interface IFeatureSink
{
    /// <param name="group">What it is counted with.</param>
    /// <param name="hash">Not yet folded to a bucket.</param>
    /// <param name="start">Its place in the normalised text; of an n-gram its word's. A word comes before its n-grams.</param>
    /// <param name="end">Where that ends.</param>
    void Add(FeatureGroup group, uint hash, int start, int end);

    /// <summary>An amount; called at most once for each signal, never with 0.</summary>
    void Add(Signal signal, float value);

    /// <summary>A word that counts towards an amount, before the amount is known.</summary>
    void Contribute(Signal signal, int start, int end);

    /// <param name="host">Host of a link, as written.</param>
    void Link(ReadOnlySpan<char> host);
}
