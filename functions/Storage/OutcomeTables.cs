using Moderato.Comments;
using Moderato.Outcomes;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Outcomes as the HTTP interface reads them: by time, over the hours' partitions, in the order of their keys.</summary>
public sealed class OutcomeTables(TableSet tables, ModerationTables moderation) : IOutcomeReader
{
    /// <summary>A page whose filter matches little is ended after so many requests; the reader goes on with the cursor.</summary>
    private const int MostRequests = 20;

    public async Task<OutcomePage> QueryAsync(OutcomeQuery query, CancellationToken cancellationToken)
    {
        var filter = FilterOf(query);
        var outcomes = new List<Outcome>();
        var next = query.After;
        for (var request = 0; request < MostRequests; request++)
        {
            var missing = query.Limit - outcomes.Count;
            var pages = tables.Outcomes.QueryAsync<TableEntity>(filter, missing, cancellationToken: cancellationToken).AsPages(next, missing);
            next = null;
            await foreach (var page in pages)
            {
                outcomes.AddRange(page.Values.Select(OutcomeRow.Read));
                next = page.ContinuationToken;
                break; // the next request asks for fewer
            }
            if (next is null || outcomes.Count >= query.Limit)
                break;
        }
        return new OutcomePage(outcomes, next);
    }

    public async Task<Outcome?> FindAsync(CommunityId community, OutcomeId id, CancellationToken cancellationToken)
    {
        var row = await tables.Outcomes.FindAsync(
            Keys.OutcomePartition(community, id.FirstReceivedAt), Keys.OutcomeRow(id.FirstReceivedAt, id.Key), cancellationToken);
        return row is null ? null : OutcomeRow.Read(row);
    }

    public Task<Comment?> FindCommentAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken) =>
        moderation.FindCommentAsync(community, key, cancellationToken);

    private static string FilterOf(OutcomeQuery query)
    {
        var filters = new List<string> { SpanReader.OutcomesBetween(query.Community, query.From, query.To) };
        if (query.Decision is { } decision)
            filters.Add(TableClient.CreateQueryFilter($"Decision eq {decision.ToString()}"));
        if (query.Sentiment is { } sentiment)
            filters.Add(TableClient.CreateQueryFilter($"Sentiment eq {sentiment.ToString()}"));
        if (query.Platform is { } platform)
            filters.Add(TableClient.CreateQueryFilter($"Platform eq {platform.ToString()}"));
        if (query.Author is { } author)
            filters.Add(TableClient.CreateQueryFilter($"AuthorId eq {author}"));
        return string.Join(" and ", filters);
    }
}
