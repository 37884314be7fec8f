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
///              string  name of the training;  uint64 its seed
///              uint16  number of files it learned from; for each: string name;  32 bytes SHA-256
///              byte bucket bits;  byte shortest n-gram;  byte longest n-gram
///              uint16  number of rude words; for each: string
///              int32   number of lexicon entries; for each: uint32 hash;  int8 Italian;  int8 English;  uint16 classes
///              byte    number of heads; for each
///                string  name;  byte kind
///                byte    number of labels; for each: string label;  float32 threshold
///              float32 biases, one per column;  float32 scales, one per column
///              byte    number of signals;  float32 weights, signal by signal, one per column
///              int8    weights, bucket by bucket, one per column
/// </code>
/// </summary>
public static class ModelFile
{
    /// <summary>
    /// Goes up with any change to this layout, to <see cref="NormalizedText"/>, <see cref="Tokenizer"/> and what it asks
    /// (<see cref="Accents"/>, <see cref="Elongation"/>, <see cref="EmojiSequence"/>, <see cref="Links"/>, <see cref="Mention"/>,
    /// <see cref="RudeWords"/>), <see cref="FeatureExtractor"/>, <see cref="Signal"/> or <see cref="FeatureSet"/>: old weights would
    /// be read against other features.
    /// </summary>
    public const ushort FormatVersion = 2;

    private const int HeaderLength = 46;
    private const int LongestPayload = 64 * 1024 * 1024;

    private static ReadOnlySpan<byte> Magic => "MODERATO"u8;

    /// <summary>Writes a model. The same model always gives the same bytes.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="model">Its version is the name of the training; the loaded one adds the payload's hash.</param>
    /// <param name="training">What it came from.</param>
    public static void Write(Stream stream, LinearModel model, TrainingRecord training)
    {
        var payload = new MemoryStream();
        using (var writer = new BinaryWriter(payload, Encoding.UTF8, leaveOpen: true))
        {
            WriteText(writer, model.Version);
            WriteRecord(writer, training);
            WriteFeatures(writer, model);
            writer.Write((byte)model.Heads.Count);
            foreach (var head in model.Heads) WriteHead(writer, head);
            foreach (var bias in model.Biases) writer.Write(bias);
            foreach (var scale in model.Scales) writer.Write(scale);
            writer.Write((byte)FeatureSet.Signals);
            foreach (var weight in model.SignalWeights) writer.Write(weight);
            for (var at = 0; at < model.Rows.Length; at += LinearModel.MostColumns) writer.Write(MemoryMarshal.AsBytes(model.Rows.Slice(at, model.Columns)));
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
            SkipRecord(reader);
            var parameters = new FeatureParameters(reader.ReadByte(), reader.ReadByte(), reader.ReadByte());
            if (!parameters.AreValid) throw new ModelFileException("The model file's feature parameters are out of range.");
            var vocabulary = ReadVocabulary(reader);
            var heads = new Head[reader.ReadByte()];
            for (var i = 0; i < heads.Length; i++) heads[i] = ReadHead(reader);
            var columns = heads.Sum(head => head.Labels.Count);
            if (columns > LinearModel.MostColumns) throw new ModelFileException($"The model file has {columns} columns, {LinearModel.MostColumns} are the most.");
            var (biases, scales) = (ReadNumbers(reader, columns), ReadNumbers(reader, columns));
            if (reader.ReadByte() != FeatureSet.Signals) throw new ModelFileException("The model file has another number of signals.");
            var signalWeights = ReadNumbers(reader, FeatureSet.Signals * columns);

            var at = (int)reader.BaseStream.Position;
            if (payload.Length - at != parameters.Buckets * columns)
                throw new ModelFileException("The model file's weights are not as many as its buckets and columns ask.");
            var rows = Spread(MemoryMarshal.Cast<byte, sbyte>(payload.AsSpan(at)), columns);
            return new LinearModel($"{name}+{hash}", parameters, vocabulary, heads, biases, scales, signalWeights, rows);
        }
        catch (Exception error) when (error is EndOfStreamException or ArgumentException)
        {
            throw new ModelFileException("The model file's content does not fit its own description.", error);
        }
    }

    private static sbyte[] Spread(ReadOnlySpan<sbyte> packed, int columns)
    {
        var rows = new sbyte[packed.Length / columns * LinearModel.MostColumns];
        for (var (from, to) = (0, 0); from < packed.Length; from += columns, to += LinearModel.MostColumns)
            packed.Slice(from, columns).CopyTo(rows.AsSpan(to));
        return rows;
    }

    private static void WriteRecord(BinaryWriter writer, TrainingRecord training)
    {
        writer.Write(training.Seed);
        writer.Write((ushort)training.Files.Count);
        foreach (var (name, digest) in training.Files)
        {
            WriteText(writer, name);
            writer.Write(Convert.FromHexString(digest));
        }
    }

    /// <summary>For people who ask what a model learned from; scoring does not.</summary>
    private static void SkipRecord(BinaryReader reader)
    {
        reader.ReadUInt64();
        for (var files = reader.ReadUInt16(); files > 0; files--)
        {
            ReadText(reader);
            reader.BaseStream.Seek(SHA256.HashSizeInBytes, SeekOrigin.Current);
        }
    }

    private static void WriteFeatures(BinaryWriter writer, LinearModel model)
    {
        writer.Write((byte)model.Parameters.BucketBits);
        writer.Write((byte)model.Parameters.ShortestNgram);
        writer.Write((byte)model.Parameters.LongestNgram);
        writer.Write((ushort)model.Vocabulary.Rude.Words.Count);
        foreach (var word in model.Vocabulary.Rude.Words) WriteText(writer, word);
        writer.Write(model.Vocabulary.Lexicon.Entries.Count);
        foreach (var entry in model.Vocabulary.Lexicon.Entries)
        {
            writer.Write(entry.Hash);
            writer.Write(entry.Italian);
            writer.Write(entry.English);
            writer.Write((ushort)entry.Classes);
        }
    }

    private static Vocabulary ReadVocabulary(BinaryReader reader)
    {
        var rude = new string[reader.ReadUInt16()];
        for (var i = 0; i < rude.Length; i++) rude[i] = ReadText(reader);
        var count = reader.ReadInt32();
        if (count < 0 || count > reader.BaseStream.Length) throw new EndOfStreamException();
        var entries = new LexiconEntry[count];
        for (var i = 0; i < count; i++)
            entries[i] = new LexiconEntry(reader.ReadUInt32(), reader.ReadSByte(), reader.ReadSByte(), (WordClasses)reader.ReadUInt16());
        return new Vocabulary(new Lexicon(entries), new RudeWords(rude));
    }

    private static void WriteHead(BinaryWriter writer, Head head)
    {
        WriteText(writer, head.Name);
        writer.Write((byte)head.Kind);
        writer.Write((byte)head.Labels.Count);
        for (var i = 0; i < head.Labels.Count; i++)
        {
            WriteText(writer, head.Labels[i]);
            writer.Write(head.Thresholds[i]);
        }
    }

    private static Head ReadHead(BinaryReader reader)
    {
        var name = ReadText(reader);
        var kind = (HeadKind)reader.ReadByte();
        var (labels, thresholds) = (new string[reader.ReadByte()], new List<float>());
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = ReadText(reader);
            thresholds.Add(reader.ReadSingle());
        }

        return new Head(name, kind, labels, thresholds);
    }

    private static float[] ReadNumbers(BinaryReader reader, int count)
    {
        var numbers = new float[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
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
