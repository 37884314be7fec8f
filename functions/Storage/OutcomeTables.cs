using Azure;
using Moderato.Comments;
using Moderato.Outcomes;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>
/// Outcomes as the HTTP interface reads them. Oldest first they lie in the order of their keys, over the hours' partitions. Newest
/// first, the span that holds a page is looked up in the roll-ups' counts and read; one author's lie newest first already.
/// </summary>
public sealed class OutcomeTables(TableSet tables, ModerationTables moderation) : IOutcomeReader
{
    /// <summary>A page whose filter matches little is ended after so many requests; the reader goes on with the cursor.</summary>
    private const int MostRequests = 20;

    /// <summary>How many requests a span that was guessed may cost before a shorter one is tried.</summary>
    private const int RequestsForASpan = 3;
    private const int PageRows = 1_000;

    /// <summary>How many rows a span is to have whose rows are looked at here: with room for a wrong guess.</summary>
    private const double MostSifted = 0.8 * RequestsForASpan * PageRows;
    private const int TextsAtOnce = 16;

    public Task<OutcomePage> QueryAsync(OutcomeQuery query, CancellationToken cancellationToken) =>
        query.IsAnAuthorsHistory ? ReadOnAsync(tables.Authors, query, cancellationToken)
        : query.NewestFirst ? ReadBackAsync(query, cancellationToken)
        : ReadOnAsync(tables.Outcomes, query, cancellationToken);

    public string PositionAfter(OutcomeQuery query, Outcome outcome) => query.IsAnAuthorsHistory
        ? Keys.AuthorRow(outcome.Comment.FirstReceivedAt, outcome.Key)
        : Keys.OutcomeRow(outcome.Comment.FirstReceivedAt, outcome.Key);

    public async Task<int> EstimateAsync(CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        (await HourCounts.ReadAsync(tables, community, from, to, cancellationToken)).Total;

    public async Task<Outcome?> FindAsync(CommunityId community, OutcomeId id, CancellationToken cancellationToken) =>
        (await moderation.FindOutcomeAsync(community, id, cancellationToken))?.Outcome;

    public Task<Comment?> FindCommentAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken) =>
        moderation.FindCommentAsync(community, key, cancellationToken);

    public Task<IReadOnlyList<PlatformAction>> ActionsAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken) =>
        tables.ActionsOfAsync(community, key, cancellationToken);

    /// <summary>
    /// Reads in the order of the keys. A position is a row's key, which no write moves; where requests ran out before a page was full,
    /// the service's own token is behind it.
    /// </summary>
    private async Task<OutcomePage> ReadOnAsync(TableClient table, OutcomeQuery query, CancellationToken cancellationToken)
    {
        var (after, token) = (query.After ?? "").Split('\n', 2) is [var key, var behind] ? (key, behind) : (query.After ?? "", null);
        var filter = query.IsAnAuthorsHistory ? AuthorFilter(query, after) : Filter(query, after, null);
        var found = new List<Outcome>();
        for (var request = 0; request < MostRequests; request++)
        {
            var page = await PageAsync(table, filter, query.IsSifted ? PageRows : query.Limit - found.Count, token, cancellationToken);
            foreach (var (i, outcome) in (await SiftAsync(query, page.Values, cancellationToken)).Index())
            {
                if (outcome is not null)
                    found.Add(outcome);
                if (found.Count == query.Limit)
                    return new OutcomePage(found, i == page.Values.Count - 1 && page.ContinuationToken is null ? null : page.Values[i].RowKey);
            }
            token = page.ContinuationToken;
            if (token is null)
                return new OutcomePage(found, null);
        }
        return new OutcomePage(found, $"{after}\n{token}");
    }

    /// <summary>Reads span after span, each before the last, until a page is full. A position is the key before which the next page ends.</summary>
    private async Task<OutcomePage> ReadBackAsync(OutcomeQuery query, CancellationToken cancellationToken)
    {
        var before = query.After ?? Keys.Time(query.To);
        var end = query.After is null ? query.To : Keys.TimeOf(query.After).AddTicks(1);
        var counts = await HourCounts.LastAsync(tables, query.Community, query.From, end, cancellationToken);
        var found = new List<Outcome>();
        // What a filter takes is not known before it is read.
        var (wanted, tooLong) = ((query.Limit * (query.IsScan ? 8.0 : 1.2)) + 5, 1.0);
        for (var requests = 1; requests < MostRequests && end > query.From; wanted *= 4)
        {
            // Where rows are looked at here all of the span come, and a span that is too long is read for nothing.
            if (query.IsSifted)
                wanted = Math.Min(wanted, MostSifted);
            var start = counts.Before(end, query.From, wanted);
            var (rows, used, whole) = await SpanAsync(query, start, before, cancellationToken);
            requests += used;
            if (!whole)
            {
                // Too many: a shorter span, and each time by more. In a quiet community thousands may come in the hour that is not counted yet.
                wanted /= 4 * (tooLong *= 8);
                if (start.AddTicks(1) < end)
                    continue;
            }
            foreach (var outcome in (await SiftAsync(query, rows, cancellationToken)).OfType<Outcome>().Reverse())
            {
                found.Add(outcome);
                if (found.Count == query.Limit)
                    return new OutcomePage(found, Keys.OutcomeRow(outcome.Comment.FirstReceivedAt, outcome.Key));
            }
            (end, before) = (start, Keys.Time(start));
        }
        return new OutcomePage(found, end > query.From ? before : null);
    }

    private async Task<(List<TableEntity> Rows, int Requests, bool Whole)> SpanAsync(OutcomeQuery query, DateTimeOffset start, string before, CancellationToken cancellationToken)
    {
        var (rows, filter) = (new List<TableEntity>(), Filter(query with { From = start }, "", before));
        string? token = null;
        for (var request = 1; request <= RequestsForASpan; request++)
        {
            var page = await PageAsync(tables.Outcomes, filter, PageRows, token, cancellationToken);
            rows.AddRange(page.Values);
            token = page.ContinuationToken;
            if (token is null)
                return (rows, request, true);
        }
        return (rows, RequestsForASpan, false);
    }

    private static async Task<Page<TableEntity>> PageAsync(TableClient table, string filter, int size, string? token, CancellationToken cancellationToken)
    {
        await foreach (var page in table.QueryAsync<TableEntity>(filter, size, cancellationToken: cancellationToken).AsPages(token, size))
            return page;
        throw new InvalidOperationException("A query had no page.");
    }

    /// <summary>The outcomes of rows, in their order; null for one that is not asked for.</summary>
    private async Task<IReadOnlyList<Outcome?>> SiftAsync(OutcomeQuery query, IReadOnlyList<TableEntity> rows, CancellationToken cancellationToken)
    {
        var outcomes = rows.Select(OutcomeRow.Read).ToList();
        if (!query.IsSifted)
            return outcomes;
        var taken = new List<Outcome?>(outcomes.Count);
        foreach (var chunk in outcomes.Chunk(TextsAtOnce))
            taken.AddRange(await Task.WhenAll(chunk.Select(async outcome => query.Takes(outcome, await TextAsync(query, outcome, cancellationToken)) ? outcome : null)));
        return taken;
    }

    /// <summary>An outcome has the beginning of its text; the rest is read only where words are looked for and it may have them.</summary>
    private async Task<string> TextAsync(OutcomeQuery query, Outcome outcome, CancellationToken cancellationToken)
    {
        var text = outcome.Comment.Text;
        if (query.Contains is not { } words || !text.EndsWith('…') || text.Contains(words, StringComparison.OrdinalIgnoreCase))
            return text;
        return await moderation.FindCommentAsync(query.Community, outcome.Key, cancellationToken) is { } comment && comment.Revision == outcome.Revision ? comment.Text : text;
    }

    private static string AuthorFilter(OutcomeQuery query, string after)
    {
        var (from, to) = Keys.AuthorRange(query.From, query.To);
        return string.Join(" and ", Columns(query with { Author = null, Platform = null }).Prepend(TableClient.CreateQueryFilter(
            $"PartitionKey eq {Keys.AuthorPartition(query.Community, query.Platform!.Value, query.Author!)} and RowKey gt {(after.Length > 0 ? after : from)} and RowKey lt {to}")));
    }

    private static string Filter(OutcomeQuery query, string after, string? before)
    {
        // Every key begins with its time, so that a key bounds partitions too.
        var (from, to) = (after.Length > 0 ? Keys.TimeOf(after) : query.From, before is not null ? Keys.TimeOf(before) : query.To);
        var (first, last) = (Keys.OutcomePartition(query.Community, from), Keys.OutcomePartition(query.Community, to));
        var keys = TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey le {last} and RowKey lt {before ?? Keys.Time(query.To)}");
        var begin = after.Length > 0 ? TableClient.CreateQueryFilter($"RowKey gt {after}") : TableClient.CreateQueryFilter($"RowKey ge {Keys.Time(query.From)}");
        return string.Join(" and ", Columns(query).Prepend(begin).Prepend(keys));
    }

    private static IEnumerable<string> Columns(OutcomeQuery query)
    {
        (string Column, string? Value)[] columns =
        [
            ("Decision", query.Decision?.ToString()), ("State", query.State?.ToString()), ("Sentiment", query.Sentiment?.ToString()), ("Language", query.Language),
            ("Platform", query.Platform?.ToString()), ("Channel", query.Channel), ("AuthorId", query.Author), ("ThreadId", query.Thread), ("Route", query.Route), ("Rule", query.Rule),
        ];
        foreach (var (column, value) in columns.Where(c => c.Value is not null))
            yield return $"{column} {TableClient.CreateQueryFilter($"eq {value}")}";
        if (query.Toxicity is { } toxicity)
            yield return TableClient.CreateQueryFilter($"Toxicity ge {toxicity}");
    }
}
