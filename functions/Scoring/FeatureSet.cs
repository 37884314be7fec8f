using System.Buffers;

namespace Moderato.Scoring;

/// <summary>
/// The buckets of one text, each once, in two groups: words and pairs, and character n-grams. A group's features share one
/// factor, 1/√n, so that a long text is not surer than a short one and the many n-grams do not drown the words. Presence
/// counts, not frequency: who repeats a word a thousand times says it once. Pooled; dispose it where it was made.
/// </summary>
public ref struct FeatureSet : IFeatureSink
{
    private int[] _words;
    private int[] _characters;
    private int _wordCount;
    private int _characterCount;

    private FeatureSet(int length)
    {
        _words = ArrayPool<int>.Shared.Rent(length);
        _characters = ArrayPool<int>.Shared.Rent(length * 4);
    }

    public readonly ReadOnlySpan<int> Words => _words.AsSpan(0, _wordCount);

    public readonly ReadOnlySpan<int> Characters => _characters.AsSpan(0, _characterCount);

    public readonly double WordFactor => Factor(_wordCount);

    public readonly double CharacterFactor => Factor(_characterCount);

    /// <param name="folded">From <see cref="FoldedText"/>; drawn-out words in it are shortened.</param>
    /// <param name="parameters">The model's.</param>
    public static FeatureSet Of(Span<char> folded, FeatureParameters parameters)
    {
        var features = new FeatureSet(Math.Max(16, folded.Length));
        FeatureExtractor.Extract(folded, parameters, ref features);
        features._wordCount = Distinct(features._words.AsSpan(0, features._wordCount));
        features._characterCount = Distinct(features._characters.AsSpan(0, features._characterCount));
        return features;
    }

    public void Add(int bucket, FeatureKind kind, bool negated, scoped ReadOnlySpan<char> first, scoped ReadOnlySpan<char> second)
    {
        if (kind == FeatureKind.Characters) Append(ref _characters, ref _characterCount, bucket);
        else Append(ref _words, ref _wordCount, bucket);
    }

    public readonly void Dispose()
    {
        ArrayPool<int>.Shared.Return(_words);
        ArrayPool<int>.Shared.Return(_characters);
    }

    private static double Factor(int count) => count == 0 ? 0 : 1 / Math.Sqrt(count);

    private static void Append(ref int[] buckets, ref int count, int bucket)
    {
        if (count == buckets.Length)
        {
            var larger = ArrayPool<int>.Shared.Rent(count * 2);
            buckets.AsSpan().CopyTo(larger);
            ArrayPool<int>.Shared.Return(buckets);
            buckets = larger;
        }

        buckets[count++] = bucket;
    }

    private static int Distinct(Span<int> buckets)
    {
        if (buckets.IsEmpty) return 0;
        buckets.Sort();
        var count = 1;
        for (var i = 1; i < buckets.Length; i++)
            if (buckets[i] != buckets[count - 1]) buckets[count++] = buckets[i];
        return count;
    }
}
