using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Moderato.Scoring.Feedback;

namespace Moderato.Scoring;

/// <summary>
/// Everything learned: one way of making features, and linear heads that read them. The weights of a bucket for all heads lie side
/// by side in eight bits, so that a text is gone through once. Immutable: any thread may ask.
/// </summary>
public sealed class LinearModel
{
    /// <summary>Most columns of all heads together: as many bytes as half a cache line, or one vector, has.</summary>
    public const int MostColumns = 32;

    /// <summary>So many weights of 127 fit into 16 bits.</summary>
    private const int BlockLength = 256;

    private readonly sbyte[] _rows;

    /// <param name="version">Name of the training and the first eight hex digits of the file's hash, such as <c>2+3a5b2c9d</c>.</param>
    /// <param name="parameters">How texts became the numbers the weights belong to.</param>
    /// <param name="vocabulary">The words it knows by more than their hash.</param>
    /// <param name="heads">Their labels, one after the other, are the columns.</param>
    /// <param name="biases">One per column.</param>
    /// <param name="scales">What one step of a column's weights is worth.</param>
    /// <param name="signalWeights">Per <see cref="Signal"/> one per column.</param>
    /// <param name="rows">Per bucket <see cref="MostColumns"/> weights; those beyond the last column are 0.</param>
    public LinearModel(
        string version, FeatureParameters parameters, Vocabulary vocabulary, IReadOnlyList<Head> heads,
        float[] biases, float[] scales, float[] signalWeights, sbyte[] rows)
    {
        Columns = heads.Sum(head => head.Labels.Count);
        if (Columns is 0 or > MostColumns) throw new ArgumentException($"A model has 1 to {MostColumns} columns.", nameof(heads));
        if (heads.Any(head => head.Thresholds.Count != head.Labels.Count || head.Kind is not (HeadKind.Choice or HeadKind.Flags)))
            throw new ArgumentException("A head is a choice or flags and has a threshold for each label.", nameof(heads));
        if (biases.Length != Columns || scales.Length != Columns || signalWeights.Length != FeatureSet.Signals * Columns || rows.Length != parameters.Buckets * MostColumns)
            throw new ArgumentException("Every column has a bias, a scale, a weight per signal and one per bucket.", nameof(rows));
        if (!biases.All(float.IsFinite) || !scales.All(float.IsFinite) || !signalWeights.All(float.IsFinite))
            throw new ArgumentException("A model's numbers are finite.", nameof(biases));
        (Version, Parameters, Vocabulary, Heads) = (version, parameters, vocabulary, heads);
        (Biases, Scales, SignalWeights, _rows) = (biases, scales, signalWeights, rows);
    }

    public string Version { get; }

    public FeatureParameters Parameters { get; }

    public Vocabulary Vocabulary { get; }

    public IReadOnlyList<Head> Heads { get; }

    public int Columns { get; }

    public IReadOnlyList<float> Biases { get; }

    public IReadOnlyList<float> Scales { get; }

    public IReadOnlyList<float> SignalWeights { get; }

    public ReadOnlySpan<sbyte> Rows => _rows;

    /// <exception cref="ModelFileException">The stream is no model this version can use; the message says why.</exception>
    public static LinearModel Load(Stream stream) => ModelFile.Read(stream);

    /// <summary>A head and its first column.</summary>
    /// <exception cref="ModelFileException">There is no such head, or its labels are others.</exception>
    public (Head Head, int Column) Find(string name, params IReadOnlyList<string> labels)
    {
        var column = 0;
        foreach (var head in Heads)
        {
            if (head.Name == name)
            {
                if (labels.Count > 0 && !head.Labels.SequenceEqual(labels))
                    throw new ModelFileException($"Model {Version}: the labels of '{name}' must be {string.Join(", ", labels)}.");
                return (head, column);
            }

            column += head.Labels.Count;
        }

        throw new ModelFileException($"Model {Version} has no head '{name}'.");
    }

    /// <summary>The column of a flag.</summary>
    /// <exception cref="ModelFileException">There is no such flag.</exception>
    public int ColumnOf(string flag)
    {
        var column = 0;
        foreach (var head in Heads)
        {
            for (var i = 0; i < head.Labels.Count; i++, column++)
                if (head.Kind == HeadKind.Flags && head.Labels[i] == flag) return column;
        }

        throw new ModelFileException($"Model {Version} has no flag '{flag}'.");
    }

    /// <summary>From which probability on a flag is taken to hold.</summary>
    /// <exception cref="ModelFileException">There is no such flag.</exception>
    public float ThresholdOf(string flag) =>
        Heads.Where(head => head.Kind == HeadKind.Flags).SelectMany(head => head.Labels.Zip(head.Thresholds)).FirstOrDefault(pair => pair.First == flag) is { First: not null } found
            ? found.Second
            : throw new ModelFileException($"Model {Version} has no flag '{flag}'.");

    /// <summary>The weight of a bucket for a column, before its group's factor.</summary>
    public float WeightOf(int bucket, int column) => _rows[(bucket * MostColumns) + column] * Scales[column];

    public FeatureSet FeaturesOf(ReadOnlySpan<char> normalized) => FeatureSet.Of(normalized, Vocabulary, Parameters);

    /// <summary>Writes the log-odds of every column.</summary>
    public void Logits(in FeatureSet features, Span<float> logits)
    {
        Span<int> words = stackalloc int[MostColumns];
        Span<int> characters = stackalloc int[MostColumns];
        Sum(features.Words, words);
        Sum(features.Characters, characters);
        for (var column = 0; column < Columns; column++)
        {
            var evidence = (words[column] * features.WordFactor) + (characters[column] * features.CharacterFactor);
            logits[column] = Biases[column] + (Scales[column] * evidence);
        }

        var amounts = features.Amounts;
        var weights = ((float[])SignalWeights).AsSpan();
        for (var signal = 0; signal < amounts.Length; signal++)
        {
            if (amounts[signal] == 0) continue;
            var row = weights.Slice(signal * Columns, Columns);
            for (var column = 0; column < row.Length; column++) logits[column] += amounts[signal] * row[column];
        }
    }

    /// <summary>Writes every column's probability: those of a choice sum to 1.</summary>
    public void Predict(in FeatureSet features, Span<float> probabilities, Correction? correction = null)
    {
        Logits(features, probabilities);
        correction?.AddTo(probabilities, features, this);
        var column = 0;
        foreach (var head in Heads)
        {
            var own = probabilities.Slice(column, head.Labels.Count);
            if (head.Kind == HeadKind.Choice) Logistic.Softmax(own);
            else foreach (ref var value in own) value = Logistic.Sigmoid(value);
            column += own.Length;
        }
    }

    private void Sum(ReadOnlySpan<int> buckets, Span<int> sums)
    {
        ref var rows = ref MemoryMarshal.GetArrayDataReference(_rows);
        var (a, b, c, d) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
        while (!buckets.IsEmpty)
        {
            var block = buckets[..Math.Min(buckets.Length, BlockLength)];
            buckets = buckets[block.Length..];
            var (low, high) = (Vector256<short>.Zero, Vector256<short>.Zero);
            foreach (var bucket in block)
            {
                var row = Vector256.LoadUnsafe(ref rows, (nuint)bucket * MostColumns);
                low += Vector256.WidenLower(row);
                high += Vector256.WidenUpper(row);
            }

            a += Vector256.WidenLower(low);
            b += Vector256.WidenUpper(low);
            c += Vector256.WidenLower(high);
            d += Vector256.WidenUpper(high);
        }

        ref var target = ref MemoryMarshal.GetReference(sums);
        a.StoreUnsafe(ref target);
        b.StoreUnsafe(ref Unsafe.Add(ref target, 8));
        c.StoreUnsafe(ref Unsafe.Add(ref target, 16));
        d.StoreUnsafe(ref Unsafe.Add(ref target, 24));
    }
}
