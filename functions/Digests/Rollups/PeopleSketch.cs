using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Moderato.Comments;

namespace Moderato.Digests;

/// <summary>
/// How many different people, in little room, and so that the people of several hours are counted once: the <see cref="Most"/> smallest
/// of their hashes. Below that many it is exact. From there on the k-th smallest of n hashes, evenly spread over 0 to 1, lies at about
/// k / n, and (k - 1) / it is an estimate of n without bias, with a standard error of 1 / sqrt(k - 2): 6 %.
/// </summary>
/// <remarks>
/// Bar-Yossef, Jayram, Kumar, Sivakumar, Trevisan, "Counting distinct elements in a data stream" (RANDOM 2002); the estimate and unions:
/// Beyer, Haas, Reinwald, Sismanis, Gemulla, "On synopses for distinct-value estimation under multiset operations" (SIGMOD 2007).
/// </remarks>
[JsonConverter(typeof(AsText))]
public sealed class PeopleSketch : IEquatable<PeopleSketch>
{
    public const int Most = 256;

    public static readonly PeopleSketch Empty = new([]);

    private readonly ulong[] _hashes;

    private PeopleSketch(ulong[] hashes) => _hashes = hashes;

    /// <summary>How many different people, as far as it can tell.</summary>
    public int Count => _hashes.Length < Most ? _hashes.Length : (int)Math.Round((Most - 1) / (_hashes[^1] / Math.Pow(2, 64)));

    public static PeopleSketch Of(IEnumerable<ulong> hashes) => new([.. hashes.Distinct().Order().Take(Most)]);

    /// <summary>The people of all of them, each once.</summary>
    public static PeopleSketch Union(IEnumerable<PeopleSketch> sketches) => Of(sketches.SelectMany(s => s._hashes));

    /// <summary>64 bits of a hash; another one in every community. Whoever is not known is one person of the platform.</summary>
    public static ulong HashOf(CommunityId community, PlatformId platform, string? author) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{community}~{platform}~{author}")));

    public bool Equals(PeopleSketch? other) => other is not null && _hashes.AsSpan().SequenceEqual(other._hashes);

    public override bool Equals(object? obj) => Equals(obj as PeopleSketch);

    public override int GetHashCode() => HashCode.Combine(_hashes.Length, _hashes.Length > 0 ? _hashes[^1] : 0);

    /// <summary>The hashes, 8 bytes each, smallest first, as base64.</summary>
    public override string ToString()
    {
        var bytes = new byte[_hashes.Length * sizeof(ulong)];
        for (var i = 0; i < _hashes.Length; i++)
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(i * sizeof(ulong)), _hashes[i]);
        return Convert.ToBase64String(bytes);
    }

    /// <exception cref="FormatException">It is no sketch.</exception>
    public static PeopleSketch Parse(string text)
    {
        var bytes = Convert.FromBase64String(text);
        if (bytes.Length % sizeof(ulong) != 0)
            throw new FormatException("A sketch has 8 bytes a hash.");
        return Of(Enumerable.Range(0, bytes.Length / sizeof(ulong)).Select(i => BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(i * sizeof(ulong)))));
    }

    private sealed class AsText : JsonConverter<PeopleSketch>
    {
        public override PeopleSketch Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, PeopleSketch value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
