using System.Globalization;
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

    private readonly string _of = $"outcomes of {community}";

    /// <summary>The query, or what is wrong with it. Without times: the last seven days.</summary>
    /// <param name="largestLimit">The most that may be asked for at once.</param>
    /// <param name="others">What else the address may name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<(OutcomeQuery? Query, IReadOnlyList<FieldError> Errors)> ReadAsync(int largestLimit, IReadOnlyList<string> others, CancellationToken cancellationToken)
    {
        var read = new AddressReader(from, [.. Filters, .. others, "limit", "cursor"]);
        var soon = now.AddMinutes(1);
        var to = read.Time("to") ?? soon;
        var query = new OutcomeQuery
        {
            Community = community,
            From = read.Time("from") ?? to.AddDays(-7),
            To = to,
            Decision = read.Name<Decision>("decision"),
            State = read.Name<OutcomeState>("state"),
            Sentiment = read.Name<Sentiment>("sentiment"),
            Intent = read.OneOf("intent", IntentNames.All) is { } intent ? IntentNames.Parse(intent) : null,
            Toxicity = Share(read, "toxicity"),
            Language = read.Text("language", 10),
            Platform = read.Platform(),
            Channel = read.Text("channel", CommentLimits.Channel),
            Author = read.Text("author", LongestName),
            Thread = read.Text("thread", LongestName),
            Route = read.Text("route", LongestName),
            Rule = read.Text("rule", LongestName),
            Label = read.Text("label", LongestName),
            Contains = read.Text("contains", LongestContains),
            NewestFirst = read.OneOf("order", ["oldest", "newest"]) == "newest",
            Limit = read.Limit(DefaultLimit, largestLimit),
        };
        if (query.From >= query.To)
            read.Refuse("from", "must be before 'to'");
        // Newest first begins where something can lie: a 'to' in the next century would be searched from there.
        if (query.NewestFirst && query.To > soon)
            query = query with { To = query.From > soon ? query.From : soon };
        if (query.Contains is not null && read.Value("from") is null)
            read.Refuse("contains", "needs 'from': words are looked for in a span that you name");
        if ((await Asked().AfterAsync(cursors, _of, cancellationToken))?.Split('|', 3) is [var since, var until, var after])
            query = query with { From = Ticks(since), To = Ticks(until), After = after };
        else if (read.Value("cursor") is not null)
            read.Refuse("cursor", "must be a 'nextCursor' of the same query, unchanged");
        return read.Errors.Count == 0 ? (query, []) : (null, read.Errors);
    }

    /// <summary>
    /// An opaque cursor of this query. It keeps the span as it was first asked for, since "now" moves on while somebody reads page after page.
    /// </summary>
    public Task<string> CursorAsync(OutcomeQuery query, string position, CancellationToken cancellationToken) => cursors.SealAsync(
        Asked().Question(_of), string.Create(CultureInfo.InvariantCulture, $"{query.From.UtcTicks}|{query.To.UtcTicks}|{position}"), cancellationToken);

    /// <summary>Only what says which outcomes: an export goes on where a list ended, whatever fields or format either has.</summary>
    private AddressReader Asked() => new(from, Filters);

    private static DateTimeOffset Ticks(string text) => new(long.Parse(text, CultureInfo.InvariantCulture), TimeSpan.Zero);

    private static double? Share(AddressReader read, string field)
    {
        if (read.Value(field) is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1)
            return share;
        read.Refuse(field, "must be a number from 0 to 1, such as 0.8");
        return null;
    }
}
