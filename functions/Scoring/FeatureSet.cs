using System.Buffers;

namespace Moderato.Scoring;

/// <summary>
/// The features of one text, for every head. A group's features share one factor, 1/√n, so that a long text is not surer than a
/// short one and the many n-grams do not drown the words. Pooled; dispose it where it was made.
/// </summary>
public struct FeatureSet : IFeatureSink, IDisposable
{
    public static readonly int Signals = Enum.GetValues<Signal>().Length;

    private readonly float[] _signals;
    private readonly int _bits;
    private int[] _words;
    private int[] _characters;
    private int _wordCount;
    private int _characterCount;
    private List<string>? _hosts;

    private FeatureSet(int length, int bits)
    {
        _bits = bits;
        _words = ArrayPool<int>.Shared.Rent(length);
        _characters = ArrayPool<int>.Shared.Rent(length * 6);
        _signals = ArrayPool<float>.Shared.Rent(Signals);
        _signals.AsSpan(0, Signals).Clear();
    }

    /// <summary>Buckets of words and their neighbours.</summary>
    public readonly ReadOnlySpan<int> Words => _words.AsSpan(0, _wordCount);

    /// <summary>Buckets of character n-grams.</summary>
    public readonly ReadOnlySpan<int> Characters => _characters.AsSpan(0, _characterCount);

    /// <summary>One amount for each <see cref="Signal"/>, 0 to 1.</summary>
    public readonly ReadOnlySpan<float> Amounts => _signals.AsSpan(0, Signals);

    public readonly float WordFactor => Factor(_wordCount);

    public readonly float CharacterFactor => Factor(_characterCount);

    public Counts Counts { get; private set; }

    /// <summary>Hosts of the links, lower case, each once, in order of appearance.</summary>
    public readonly IReadOnlyList<string> Hosts => _hosts ?? (IReadOnlyList<string>)[];

    public static FeatureSet Of(ReadOnlySpan<char> normalized, Vocabulary vocabulary, FeatureParameters parameters)
    {
        var features = new FeatureSet(Math.Max(64, normalized.Length), parameters.BucketBits);
        features.Counts = FeatureExtractor.Extract(normalized, vocabulary, parameters, ref features);
        return features;
    }

    public static float Factor(int count) => count == 0 ? 0 : 1 / MathF.Sqrt(count);

    public void Add(FeatureGroup group, uint hash, int start, int end)
    {
        if (group == FeatureGroup.Characters) Append(ref _characters, ref _characterCount, Fnv1a.Fold(hash, _bits));
        else Append(ref _words, ref _wordCount, Fnv1a.Fold(hash, _bits));
    }

    public readonly void Add(Signal signal, float value) => _signals[(int)signal] = value;

    public readonly void Contribute(Signal signal, int start, int end)
    {
    }

    public void Link(ReadOnlySpan<char> host)
    {
        var lower = host.ToString().ToLowerInvariant();
        _hosts ??= [];
        if (!_hosts.Contains(lower)) _hosts.Add(lower);
    }

    public readonly void Dispose()
    {
        ArrayPool<int>.Shared.Return(_words);
        ArrayPool<int>.Shared.Return(_characters);
        ArrayPool<float>.Shared.Return(_signals);
    }

    private static void Append(ref int[] buckets, ref int count, int bucket)
    {
        if (count == buckets.Length) Grow(ref buckets, count);
        buckets[count++] = bucket;
    }

    private static void Grow(ref int[] buckets, int count)
    {
        var larger = ArrayPool<int>.Shared.Rent(count * 2);
        buckets.AsSpan().CopyTo(larger);
        ArrayPool<int>.Shared.Return(buckets);
        buckets = larger;
    }
}
