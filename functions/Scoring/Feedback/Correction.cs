using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace Moderato.Scoring.Feedback;

/// <summary>What a community's decisions add to the log-odds of one flag.</summary>
/// <param name="Label">Such as <c>toxicity</c> or <c>spam</c>.</param>
/// <param name="Deltas">By bucket, for texts that have it among their words; shared out as the model's weights of words are.</param>
public sealed record LabelCorrection(string Label, FrozenDictionary<int, float> Deltas);

/// <summary>
/// What a community's people taught, as additions to the shipped model's log-odds: nothing of the model changes, so leaving the
/// correction away gives exactly the shipped scores. Immutable.
/// </summary>
public sealed class Correction
{
    private const byte Format = 1;

    /// <param name="modelVersion">The model it was learned on: its buckets mean nothing to another one.</param>
    /// <param name="labels">Each label once.</param>
    public Correction(string modelVersion, IReadOnlyList<LabelCorrection> labels)
    {
        (ModelVersion, Labels) = (modelVersion, labels);
        Version = Convert.ToHexStringLower(SHA256.HashData(ToBytes()).AsSpan(0, 4));
    }

    public string ModelVersion { get; }

    public IReadOnlyList<LabelCorrection> Labels { get; }

    /// <summary>Eight hex digits of its content's SHA-256.</summary>
    public string Version { get; }

    /// <summary>The same correction always gives the same bytes: format, model version, labels with their deltas by bucket.</summary>
    public byte[] ToBytes()
    {
        var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Format);
        writer.Write(ModelVersion);
        writer.Write((byte)Labels.Count);
        foreach (var label in Labels)
        {
            writer.Write(label.Label);
            writer.Write(label.Deltas.Count);
            foreach (var (bucket, delta) in label.Deltas.OrderBy(delta => delta.Key))
            {
                writer.Write(bucket);
                writer.Write(delta);
            }
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are no correction of this format.</exception>
    public static Correction FromBytes(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
        try
        {
            if (reader.ReadByte() is var format && format != Format) throw new InvalidDataException($"The correction has format {format}, this program reads format {Format}.");
            var model = reader.ReadString();
            var labels = new LabelCorrection[reader.ReadByte()];
            for (var i = 0; i < labels.Length; i++)
            {
                var (label, count) = (reader.ReadString(), reader.ReadInt32());
                var deltas = new Dictionary<int, float>();
                for (; count > 0; count--) deltas.Add(reader.ReadInt32(), reader.ReadSingle());
                labels[i] = new LabelCorrection(label, deltas.ToFrozenDictionary());
            }

            return new Correction(model, labels);
        }
        catch (Exception error) when (error is EndOfStreamException or ArgumentException)
        {
            throw new InvalidDataException("The correction's bytes do not fit their own description.", error);
        }
    }

    /// <summary>Adds to the log-odds of every flag it knows, unless it belongs to another model.</summary>
    public void AddTo(Span<float> logits, in FeatureSet features, LinearModel model)
    {
        if (ModelVersion != model.Version) return;
        foreach (var label in Labels) logits[model.ColumnOf(label.Label)] += label.Of(features);
    }
}

internal static class LabelCorrectionSum
{
    public static float Of(this LabelCorrection label, in FeatureSet features)
    {
        var sum = 0f;
        foreach (var bucket in features.Words)
            if (label.Deltas.TryGetValue(bucket, out var delta)) sum += delta;
        return features.WordFactor * sum;
    }
}
