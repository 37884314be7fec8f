using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Moderation;

/// <summary>Reads which parked things are asked for, with every problem at once. Without times: all of them.</summary>
internal sealed class ParkedQueryReader(IQueryCollection from, CommunityId community, DateTimeOffset now)
{
    private const int DefaultLimit = 100;
    private const int LargestLimit = 1_000;

    private static readonly string[] Known = ["from", "to", "state", "limit", "cursor"];

    private readonly List<FieldError> _errors = [];

    public (ParkedQuery? Query, IReadOnlyList<FieldError> Errors) Read()
    {
        foreach (var unknown in from.Keys.Where(k => !Known.Contains(k, StringComparer.OrdinalIgnoreCase)))
            Refuse(unknown, $"is not known; there are {string.Join(", ", Known)}");
        var (begin, end) = (Time("from") ?? DateTimeOffset.UnixEpoch, Time("to") ?? now.AddMinutes(1));
        if (begin >= end)
            Refuse("from", "must be before 'to'");
        var query = new ParkedQuery(community, begin, end, State(), Limit(), After());
        return _errors.Count == 0 ? (query, []) : (null, _errors);
    }

    /// <summary>An opaque cursor: it remembers which query it belongs to, since with another one it would skip or repeat.</summary>
    public string CursorAt(string position) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new[] { Same(), position }));

    private string? After()
    {
        if (Value("cursor") is not { } cursor)
            return null;
        try
        {
            if (Base64Url.IsValid(cursor) && JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(cursor)) is [var same, { } position] && same == Same())
                return position;
        }
        catch (JsonException)
        {
            // Somebody's own invention; refused below like any other.
        }
        Refuse("cursor", "must be a 'nextCursor' of the same query, unchanged");
        return null;
    }

    private string Same() => string.Join('|', Known.Where(k => k is not ("cursor" or "limit")).Select(Value).Append(community.ToString()));

    private ParkedState? State()
    {
        if (Value("state") is not { } text)
            return null;
        if (Enum.GetNames<ParkedState>().FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name)
            return Enum.Parse<ParkedState>(name);
        Refuse("state", $"must be one of {string.Join(", ", Enum.GetNames<ParkedState>().Select(JsonNamingPolicy.CamelCase.ConvertName))}");
        return null;
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
        // In an address an unescaped + is a space.
        if (DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            && text.Length >= 10 && time.Year is >= 1970 and < 9999)
            return time;
        Refuse(field, "must be an ISO 8601 time such as 2026-03-01T09:30:00Z, or a date");
        return null;
    }

    private string? Value(string field) => from[field].ToString() is { Length: > 0 } text ? text : null;

    private void Refuse(string field, string rule) => _errors.Add(new FieldError(field, $"'{field}' {rule}."));
}
