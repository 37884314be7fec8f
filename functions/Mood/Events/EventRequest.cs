using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Mood;

/// <summary>Reads an event that somebody wants to note.</summary>
internal static class EventRequest
{
    public const string Example = """{"kind": "campaign", "title": "Saldi", "from": "2026-07-04", "to": "2026-07-11"}""";
    public const int LongestTitle = 120;
    public const int LongestBy = 100;
    public const int MostChannels = 20;
    public const int MostDaysAhead = 400;

    private static readonly string[] Known = ["kind", "title", "from", "to", "expects", "channels", "by"];

    /// <summary>Kinds as they are written.</summary>
    public static readonly IReadOnlyDictionary<string, EventKind> Kinds = Enum.GetValues<EventKind>().ToDictionary(EventView.NameOf);

    /// <summary>Expectations as they are written.</summary>
    public static readonly IReadOnlyDictionary<string, Expectation> Expectations = Enum.GetValues<Expectation>().ToDictionary(EventView.NameOf);

    /// <summary>The event, and what is wrong with it. A misspelt field is refused: "expect" would silence no alarm.</summary>
    /// <param name="body">What was sent.</param>
    /// <param name="now">When.</param>
    /// <param name="caller">The key's name: who noted it where the request does not say.</param>
    public static (NotedEvent Event, IReadOnlyList<FieldError> Errors) Read(JsonElement body, DateTimeOffset now, string caller)
    {
        var errors = new List<FieldError>();
        foreach (var unknown in body.EnumerateObject().Select(p => p.Name).Where(n => !Known.Contains(n)))
            errors.Add(new FieldError(unknown.Length <= 40 ? unknown : unknown[..40], $"This is no field of an event; there are {string.Join(", ", Known)}."));
        if (!Kinds.TryGetValue(body.Text("kind") ?? "", out var kind))
            errors.Add(new FieldError("kind", $"'kind' must be one of {string.Join(", ", Kinds.Keys)}."));
        var expects = UsuallyOf(kind);
        if (body.Has("expects") && !Expectations.TryGetValue(body.Text("expects") ?? "", out expects))
            errors.Add(new FieldError("expects", $"'expects' must be one of {string.Join(", ", Expectations.Keys)}, or be left out."));
        var title = body.Text("title")?.Trim() ?? "";
        if (title.Length is 0 or > LongestTitle || title.Any(char.IsControl))
            errors.Add(new FieldError("title", $"'title' says what it is, in 1 to {LongestTitle} characters on one line."));
        var by = body.Has("by") ? body.Text("by")?.Trim() ?? "" : caller;
        if (by.Length is 0 or > LongestBy || by.Any(char.IsControl))
            errors.Add(new FieldError("by", $"'by' says who notes it, in 1 to {LongestBy} characters, or is left out."));
        var (from, to) = ReadSpan(body, now, errors);
        var channels = ReadChannels(body, errors);
        return (new NotedEvent(IdOf(kind, title, from, to, expects, channels), kind, title, from, to, expects, channels, by), errors);
    }

    private static Expectation UsuallyOf(EventKind kind) => kind switch
    {
        EventKind.Campaign or EventKind.Release or EventKind.MeetUp => Expectation.Comments,
        EventKind.Outage => Expectation.Complaints,
        _ => Expectation.Nothing,
    };

    private static (DateTimeOffset From, DateTimeOffset To) ReadSpan(JsonElement body, DateTimeOffset now, List<FieldError> errors)
    {
        var (from, to) = (Time("from"), Time("to"));
        if (from > now.AddDays(MostDaysAhead))
            errors.Add(new FieldError("from", $"'from' lies at most {MostDaysAhead} days ahead."));
        if (from is not null && to is not null && (to <= from || to - from > NotedEvent.Longest))
            errors.Add(new FieldError("to", $"'to' must lie after 'from', at most {NotedEvent.Longest.TotalDays} days."));
        return (from ?? now, to ?? now);

        DateTimeOffset? Time(string field)
        {
            if (QueryTime.TryParse(body.Text(field) ?? "", out var time))
                return time;
            errors.Add(new FieldError(field, $"'{field}' {QueryTime.Rule}."));
            return null;
        }
    }

    private static List<EventChannel> ReadChannels(JsonElement body, List<FieldError> errors)
    {
        var channels = new List<EventChannel>();
        if (body.Has("channels") && body.Field("channels").ValueKind != JsonValueKind.Array)
            errors.Add(new FieldError("channels", """'channels' must be a list, such as [{"platform": "instagram", "channel": "bottega"}]; without it, everywhere."""));
        var asked = body.List("channels").ToList();
        if (asked.Count > MostChannels)
            errors.Add(new FieldError("channels", $"An event is on at most {MostChannels} channels; without any, everywhere."));
        foreach (var (i, item) in asked.Take(MostChannels).Index())
        {
            var (on, channel) = (item.Text("platform"), item.Text("channel")?.Trim() ?? "");
            if (!PlatformId.TryParse(on, out var platform))
                errors.Add(new FieldError($"channels[{i}].platform", $"'platform' must have {PlatformId.Rule}."));
            if (channel.Length is 0 or > CommentLimits.Channel)
                errors.Add(new FieldError($"channels[{i}].channel", $"'channel' must have 1 to {CommentLimits.Channel} characters."));
            channels.Add(new EventChannel(platform, channel));
        }
        return [.. channels.Distinct().OrderBy(c => c.Platform.ToString(), StringComparer.Ordinal).ThenBy(c => c.Channel, StringComparer.Ordinal)];
    }

    /// <summary>Made from the content, so that the same event noted twice is one; it begins with its day, under which it is found again.</summary>
    private static string IdOf(EventKind kind, string title, DateTimeOffset from, DateTimeOffset to, Expectation expects, IReadOnlyList<EventChannel> channels)
    {
        var content = JsonSerializer.Serialize(new object[]
        {
            kind, title, from.UtcTicks, to.UtcTicks, expects, channels.Select(c => new[] { c.Platform.ToString(), c.Channel }),
        });
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 8));
        return $"{from.UtcDateTime.ToString(DayFormat, CultureInfo.InvariantCulture)}-{hash}";
    }

    private const string DayFormat = "yyyyMMdd";

    /// <summary>The UTC day on which an event with this id begins; null for what is no event's id.</summary>
    public static DateTimeOffset? DayOf(string id) =>
        id.Length == 25 && id[8] == '-'
        && DateTimeOffset.TryParseExact(id.AsSpan(0, 8), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day)
        && day.Year is >= 1970 and < 9999 ? day : null;
}
