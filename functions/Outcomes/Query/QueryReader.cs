using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Outcomes;

/// <summary>Reads a query from an address, with every problem at once.</summary>
public sealed class QueryReader(IQueryCollection from, CommunityId community, DateTimeOffset now, Cursors cursors)
{
    public const int DefaultLimit = 100;
    public const int LargestLimit = 1_000;

    /// <summary>Longer words are nobody's search.</summary>
    public const int LongestContains = 200;
    private const int LongestName = 512;

    /// <summary>What says which outcomes; a cursor belongs to these.</summary>
    public static readonly IReadOnlyList<string> Filters =
        ["from", "to", "decision", "state", "sentiment", "intent", "toxicity", "language", "platform", "channel", "author", "thread", "route", "rule", "label", "contains", "order"];

    private readonly List<FieldError> _errors = [];

    /// <summary>The query, or what is wrong with it. Without times: the last seven days.</summary>
    /// <param name="largestLimit">The most that may be asked for at once.</param>
    /// <param name="others">What else the address may name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<(OutcomeQuery? Query, IReadOnlyList<FieldError> Errors)> ReadAsync(int largestLimit, IReadOnlyList<string> others, CancellationToken cancellationToken)
    {
        string[] known = [.. Filters, .. others, "limit", "cursor"];
        foreach (var unknown in from.Keys.Where(k => !known.Contains(k, StringComparer.OrdinalIgnoreCase)))
            Refuse(unknown, $"is not known; there are {string.Join(", ", known)}");

        var soon = now.AddMinutes(1);
        var to = Time("to") ?? soon;
        var query = new OutcomeQuery
        {
            Community = community,
            From = Time("from") ?? to.AddDays(-7),
            To = to,
            Decision = Name<Decision>("decision"),
            State = Name<OutcomeState>("state"),
            Sentiment = Name<Sentiment>("sentiment"),
            Intent = IntentOf(),
            Toxicity = Share("toxicity"),
            Language = Text("language", 10),
            Platform = Platform(),
            Channel = Text("channel", CommentLimits.Channel),
            Author = Text("author", LongestName),
            Thread = Text("thread", LongestName),
            Route = Text("route", LongestName),
            Rule = Text("rule", LongestName),
            Label = Text("label", LongestName),
            Contains = Text("contains", LongestContains),
            NewestFirst = Order(),
            Limit = Limit(largestLimit),
        };
        if (query.From >= query.To)
            Refuse("from", "must be before 'to'");
        // Newest first begins where something can lie: a 'to' in the next century would be searched from there.
        if (query.NewestFirst && query.To > soon)
            query = query with { To = query.From > soon ? query.From : soon };
        if (query.Contains is not null && Value("from") is null)
            Refuse("contains", "needs 'from': words are looked for in a span that you name");
        if (Value("cursor") is { } cursor)
            query = await GoOnAsync(query, cursor, cancellationToken);
        return _errors.Count == 0 ? (query, []) : (null, _errors);
    }

    /// <summary>
    /// An opaque cursor of this query. It keeps the span as it was first asked for, since "now" moves on while somebody reads page after page.
    /// </summary>
    public Task<string> CursorAsync(OutcomeQuery query, string position, CancellationToken cancellationToken) =>
        cursors.SealAsync(Question(), string.Create(CultureInfo.InvariantCulture, $"{query.From.UtcTicks}|{query.To.UtcTicks}|{position}"), cancellationToken);

    private async Task<OutcomeQuery> GoOnAsync(OutcomeQuery query, string cursor, CancellationToken cancellationToken)
    {
        if ((await cursors.OpenAsync(Question(), cursor, cancellationToken))?.Split('|', 3) is [var since, var until, var after])
        {
            return query with
            {
                From = new DateTimeOffset(long.Parse(since, CultureInfo.InvariantCulture), TimeSpan.Zero),
                To = new DateTimeOffset(long.Parse(until, CultureInfo.InvariantCulture), TimeSpan.Zero),
                After = after,
            };
        }
        Refuse("cursor", "must be a 'nextCursor' of the same query, unchanged");
        return query;
    }

    private string Question() => string.Join('\n', Filters.Select(k => $"{k}={Value(k)}").Prepend($"outcomes of {community}"));

    private bool Order()
    {
        if (Value("order") is not { } text || text.Equals("oldest", StringComparison.OrdinalIgnoreCase))
            return false;
        if (text.Equals("newest", StringComparison.OrdinalIgnoreCase))
            return true;
        Refuse("order", "must be oldest or newest: which comes first");
        return false;
    }

    private Intent? IntentOf()
    {
        if (Value("intent") is not { } text)
            return null;
        if (IntentNames.All.Contains(text, StringComparer.OrdinalIgnoreCase))
            return IntentNames.Parse(text.ToLowerInvariant());
        Refuse("intent", $"must be one of {string.Join(", ", IntentNames.All)}");
        return null;
    }

    private double? Share(string field)
    {
        if (Value(field) is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1)
            return share;
        Refuse(field, "must be a number from 0 to 1, such as 0.8");
        return null;
    }

    private string? Text(string field, int longest)
    {
        if (Value(field) is not { } text)
            return null;
        if (text.Length <= longest && from[field].Count == 1)
            return text;
        Refuse(field, $"must be one text of at most {longest} characters");
        return null;
    }

    private int Limit(int largest)
    {
        if (Value("limit") is not { } text)
            return DefaultLimit;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= largest)
            return limit;
        Refuse("limit", $"must be a whole number from 1 to {largest}");
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
