using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Moderato.Scoring;

/// <summary>
/// The model on disk. Little-endian throughout; a string is its UTF-8 length in one byte and its bytes.
/// <code>
/// offset size
///      0    8  magic "MODERATO"
///      8    2  format version
///     10    4  length of the payload
///     14   32  SHA-256 of the payload
///     46       payload:
///              string  name of the training
///              uint32  hash seed;  byte bucket bits;  byte shortest n-gram;  byte longest n-gram
///              byte    number of heads; for each head
///                string  name
///                byte    number of labels; for each label
///                  string label;  float32 bias;  float32 scale
///                float32 temperature
///                int8    weights, bucket by bucket, one per label
/// </code>
/// </summary>
public static class ModelFile
{
    /// <summary>
    /// Goes up with any change to this layout, to <see cref="FoldedText"/>, <see cref="Tokenizer"/> and what it asks
    /// (<see cref="Elongation"/>, <see cref="EmojiSequence"/>, <see cref="Links"/>, <see cref="Mention"/>), <see cref="Negation"/>,
    /// <see cref="FeatureExtractor"/> or <see cref="FeatureSet"/>: old weights would be read against other features.
    /// </summary>
    public const ushort FormatVersion = 1;

    private const int HeaderLength = 46;
    private const int LongestPayload = 64 * 1024 * 1024;

    private static ReadOnlySpan<byte> Magic => "MODERATO"u8;

    /// <summary>Writes a model. The same model always gives the same bytes.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="name">Name of the training; the loaded <see cref="LinearModel.Version"/> is this and the payload's hash.</param>
    /// <param name="features">What the weights belong to.</param>
    /// <param name="heads">In the order they are to be stored.</param>
    public static void Write(Stream stream, string name, FeatureParameters features, IReadOnlyList<LinearHead> heads)
    {
        var payload = new MemoryStream();
        using (var writer = new BinaryWriter(payload, Encoding.UTF8, leaveOpen: true))
        {
            WriteText(writer, name);
            writer.Write(features.Seed);
            writer.Write((byte)features.BucketBits);
            writer.Write((byte)features.ShortestNgram);
            writer.Write((byte)features.LongestNgram);
            writer.Write((byte)heads.Count);
            foreach (var head in heads) WriteHead(writer, head);
        }

        var bytes = payload.ToArray();
        using var header = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        header.Write(Magic);
        header.Write(FormatVersion);
        header.Write((uint)bytes.Length);
        header.Write(SHA256.HashData(bytes));
        header.Write(bytes);
    }

    /// <exception cref="ModelFileException">The stream is no model this version can use; the message says why.</exception>
    public static LinearModel Read(Stream stream)
    {
        var header = new byte[HeaderLength];
        if (stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength)
            throw new ModelFileException("The model file ends inside its header.");
        if (!header.AsSpan(0, Magic.Length).SequenceEqual(Magic))
            throw new ModelFileException("This is not a model file: it does not begin with MODERATO.");

        var version = BitConverter.ToUInt16(header, 8);
        if (version != FormatVersion)
            throw new ModelFileException($"The model file has format {version}, this program reads format {FormatVersion}. Train it again.");

        var length = BitConverter.ToUInt32(header, 10);
        if (length > LongestPayload)
            throw new ModelFileException($"The model file announces {length} bytes, more than the {LongestPayload} allowed.");
        var payload = new byte[length];
        var got = stream.ReadAtLeast(payload, payload.Length, throwOnEndOfStream: false);
        if (got < payload.Length)
            throw new ModelFileException($"The model file is cut short: {got} of {length} bytes are there.");

        var hash = SHA256.HashData(payload);
        if (!hash.AsSpan().SequenceEqual(header.AsSpan(14, hash.Length)))
            throw new ModelFileException("The model file is damaged: its content does not match its SHA-256.");
        return ReadPayload(payload, Convert.ToHexStringLower(hash.AsSpan(0, 4)));
    }

    private static LinearModel ReadPayload(byte[] payload, string hash)
    {
        using var reader = new BinaryReader(new MemoryStream(payload, writable: false), Encoding.UTF8);
        try
        {
            var name = ReadText(reader);
            var features = new FeatureParameters(reader.ReadUInt32(), reader.ReadByte(), reader.ReadByte(), reader.ReadByte());
            if (!features.AreValid) throw new ModelFileException("The model file's feature parameters are out of range.");
            var heads = new LinearHead[reader.ReadByte()];
            for (var i = 0; i < heads.Length; i++) heads[i] = ReadHead(reader, features);
            if (reader.BaseStream.Position != payload.Length) throw new ModelFileException("The model file goes on after its last head.");
            return new LinearModel($"{name}+{hash}", features, heads);
        }
        catch (Exception error) when (error is EndOfStreamException or ArgumentException)
        {
            throw new ModelFileException("The model file's content does not fit its own description.", error);
        }
    }

    private static LinearHead ReadHead(BinaryReader reader, FeatureParameters features)
    {
        var name = ReadText(reader);
        var count = reader.ReadByte();
        var (labels, biases, scales) = (new string[count], new float[count], new float[count]);
        for (var i = 0; i < count; i++)
        {
            labels[i] = ReadText(reader);
            biases[i] = reader.ReadSingle();
            scales[i] = reader.ReadSingle();
        }

        var temperature = reader.ReadSingle();
        var weights = new sbyte[features.Buckets * count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(weights.AsSpan()));
        return new LinearHead(name, labels, biases, scales, temperature, weights);
    }

    private static void WriteHead(BinaryWriter writer, LinearHead head)
    {
        WriteText(writer, head.Name);
        writer.Write((byte)head.Labels.Count);
        for (var i = 0; i < head.Labels.Count; i++)
        {
            WriteText(writer, head.Labels[i]);
            writer.Write(head.Biases[i]);
            writer.Write(head.Scales[i]);
        }

        writer.Write(head.Temperature);
        writer.Write(MemoryMarshal.AsBytes(head.Weights));
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write(checked((byte)bytes.Length));
        writer.Write(bytes);
    }

    private static string ReadText(BinaryReader reader)
    {
        var length = reader.ReadByte();
        var bytes = reader.ReadBytes(length);
        return bytes.Length == length ? Encoding.UTF8.GetString(bytes) : throw new EndOfStreamException();
    }
}
