using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Members;

/// <summary>Which members are asked for.</summary>
/// <param name="Community">Of which community.</param>
/// <param name="Group">Of which group; null for everybody.</param>
/// <param name="Platform">On which platform; null for all.</param>
/// <param name="Limit">At most so many, 1 to 1,000.</param>
/// <param name="After">Where the page before ended; null for the first.</param>
public sealed record MemberQuery(CommunityId Community, MemberGroup? Group, PlatformId? Platform, int Limit, string? After)
{
    public const int DefaultLimit = 100;
    public const int LargestLimit = 1_000;

    private static readonly string[] Known = ["group", "platform", "limit", "cursor"];

    /// <summary>The query of an address, or everything that is wrong with it.</summary>
    public static (MemberQuery? Query, IReadOnlyList<FieldError> Errors) Read(IQueryCollection from, CommunityId community)
    {
        var errors = new List<FieldError>();
        foreach (var unknown in from.Keys.Where(k => !Known.Contains(k, StringComparer.OrdinalIgnoreCase)))
            Refuse(unknown, $"is not known; there are {string.Join(", ", Known)}");
        MemberGroup? group = null;
        if (Value("group") is { } name)
        {
            if (MemberGroups.TryParse(name, out var parsed))
                group = parsed;
            else
                Refuse("group", $"must be one of {string.Join(", ", MemberGroups.Names)}");
        }
        PlatformId? platform = null;
        if (Value("platform") is { } written)
        {
            if (PlatformId.TryParse(written, out var on))
                platform = on;
            else
                Refuse("platform", $"must have {PlatformId.Rule}");
        }
        var limit = DefaultLimit;
        if (Value("limit") is { } number && !(int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= LargestLimit))
            Refuse("limit", $"must be a whole number from 1 to {LargestLimit}");
        var query = new MemberQuery(community, group, platform, limit, null);
        if (Value("cursor") is { } cursor)
        {
            query = query with { After = query.ReadCursor(cursor) };
            if (query.After is null)
                Refuse("cursor", "must be a 'nextCursor' of the same query, unchanged");
        }
        return errors.Count == 0 ? (query, []) : (null, errors);

        string? Value(string field) => from[field].ToString() is { Length: > 0 } text ? text : null;

        void Refuse(string field, string rule) => errors.Add(new FieldError(field, $"'{field}' {rule}."));
    }

    /// <summary>An opaque cursor. It remembers which query it belongs to: with another one it would skip members unseen.</summary>
    public string CursorAt(string position) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new[] { Fingerprint, position }));

    private string? ReadCursor(string cursor)
    {
        if (!Base64Url.IsValid(cursor))
            return null;
        try
        {
            return JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(cursor)) is [var fingerprint, { Length: > 0 } position] && fingerprint == Fingerprint ? position : null;
        }
        catch (JsonException)
        {
            return null; // somebody's own invention
        }
    }

    private string Fingerprint => $"{Community}/{Platform}/{Group?.Name()}";
}
