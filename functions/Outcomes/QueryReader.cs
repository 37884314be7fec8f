using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Outcomes;

/// <summary>Reads a query from an address, with every problem at once.</summary>
public sealed class QueryReader(IQueryCollection from, CommunityId community, DateTimeOffset now)
{
    public const int DefaultLimit = 100;
    public const int LargestLimit = 1_000;

    private static readonly string[] Known = ["from", "to", "decision", "sentiment", "platform", "author", "limit", "cursor"];

    private readonly List<FieldError> _errors = [];

    /// <summary>The query, or what is wrong with it. Without times: the last seven days.</summary>
    public (OutcomeQuery? Query, IReadOnlyList<FieldError> Errors) Read()
    {
        foreach (var unknown in from.Keys.Where(k => !Known.Contains(k, StringComparer.OrdinalIgnoreCase)))
            Refuse(unknown, $"is not known; there are {string.Join(", ", Known)}");

        var to = Time("to") ?? now.AddMinutes(1);
        var query = new OutcomeQuery
        {
            Community = community,
            From = Time("from") ?? to.AddDays(-7),
            To = to,
            Decision = Name<Decision>("decision"),
            Sentiment = Name<Sentiment>("sentiment"),
            Platform = Platform(),
            Author = Value("author"),
            Limit = Limit(),
        };
        if (query.From >= query.To)
            Refuse("from", "must be before 'to'");
        if (Value("cursor") is { } cursor)
            query = query with { After = After(cursor) };
        return _errors.Count == 0 ? (query, []) : (null, _errors);
    }

    /// <summary>
    /// An opaque cursor. It remembers which query it belongs to: with another one it would skip or repeat outcomes unseen. Times left
    /// out are not part of it, since "now" moves on while somebody reads page after page.
    /// </summary>
    public string CursorAt(string position) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new[] { Fingerprint(), position }));

    private string? After(string cursor)
    {
        string[]? parts = null;
        if (Base64Url.IsValid(cursor))
        {
            try
            {
                parts = JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(cursor));
            }
            catch (JsonException)
            {
                // Somebody's own invention; refused below like any other.
            }
        }
        if (parts is [var fingerprint, { } position] && fingerprint == Fingerprint())
            return position;
        Refuse("cursor", "must be a 'nextCursor' of the same query, unchanged");
        return null;
    }

    private string Fingerprint()
    {
        var parts = Known.Where(k => k is not ("cursor" or "limit")).Select(k => $"{k}={Value(k)}").Append(community.ToString());
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, 8));
    }

    private int Limit()
    {
        if (Value("limit") is not { } text)
            return DefaultLimit;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= LargestLimit)
            return limit;
        Refuse("limit", $"must be a whole number from 1 to {LargestLimit}");
        return DefaultLimit;
    }

    private DateTimeOffset? Time(string field)
    {
        if (Value(field) is not { } text)
            return null;
        if (QueryTime.TryParse(text, out var time))
            return time;
        Refuse(field, QueryTime.Rule);
        return null;
    }

    private T? Name<T>(string field)
        where T : struct, Enum
    {
        if (Value(field) is not { } text)
            return null;
        if (Enum.GetNames<T>().FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name)
            return Enum.Parse<T>(name);
        Refuse(field, $"must be one of {string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName))}");
        return null;
    }

    private PlatformId? Platform()
    {
        if (Value("platform") is not { } text)
            return null;
        if (PlatformId.TryParse(text, out var platform))
            return platform;
        Refuse("platform", $"must have {PlatformId.Rule}");
        return null;
    }

    private string? Value(string field) => from[field].ToString() is { Length: > 0 } text ? text : null;

    private void Refuse(string field, string rule) => _errors.Add(new FieldError(field, $"'{field}' {rule}."));
}
