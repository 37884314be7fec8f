using Moderato.Comments;
using Moderato.Mood;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>What the mood watch reads of comments.</summary>
public sealed class WatchedCommentTables(TableSet tables, ModerationTables moderation) : IWatchedComments
{
    private const int FirstRevision = 1;

    public Task<IReadOnlyList<Outcome>> SinceAsync(CommunityId community, DateTimeOffset since, CancellationToken cancellationToken) =>
        moderation.OutcomesSinceAsync(community, since, cancellationToken);

    public async Task<IReadOnlyList<Outcome>> ChangedSinceAsync(CommunityId community, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var (from, to) = Keys.ReceiptRange(since, DateTimeOffset.MaxValue.AddDays(-1));
        var shards = await Task.WhenAll(Keys.CommentPartitions(community).Select(async partition =>
        {
            var rows = tables.Comments.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to} and Revision gt {FirstRevision}"), cancellationToken: cancellationToken);
            return await rows.Select(CommentRow.ReadReceipt).ToListAsync(cancellationToken);
        }));
        return await FindAsync(community, [.. shards.SelectMany(s => s).Select(r => new OutcomeId(r.FirstReceivedAt, r.Key)).Distinct()], cancellationToken);
    }

    public Task<IReadOnlyList<Outcome>> FindAsync(CommunityId community, IReadOnlyList<string> outcomes, CancellationToken cancellationToken) =>
        FindAsync(community, [.. outcomes.Select(o => OutcomeId.TryParse(o, out var id) ? id : null).OfType<OutcomeId>()], cancellationToken);

    public async Task<DateTimeOffset?> AnsweredAtAsync(Outcome outcome, CancellationToken cancellationToken)
    {
        DateTimeOffset? answered = outcome.History.LastOrDefault(h => h.What == OutcomeEventKind.Answered)?.At;
        if (outcome.Comment.Author is not { } author)
            return answered;
        var (from, to) = Keys.AnsweredMarkRange;
        var partition = Keys.AuthorPartition(outcome.Comment.Community, outcome.Key.Platform, author.Id);
        var newest = await tables.Authors.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}"), maxPerPage: 1, select: ["At"], cancellationToken)
            .FirstOrDefaultAsync(cancellationToken);
        return newest?.GetDateTimeOffset("At") is { } marked && !(marked < answered) ? marked : answered;
    }

    private async Task<IReadOnlyList<Outcome>> FindAsync(CommunityId community, IReadOnlyList<OutcomeId> ids, CancellationToken cancellationToken)
    {
        const int atOnce = 16;
        var found = new List<Outcome>();
        foreach (var chunk in ids.Chunk(atOnce))
        {
            var standing = await Task.WhenAll(chunk.Select(id => moderation.FindOutcomeAsync(community, id, cancellationToken)));
            found.AddRange(standing.OfType<Moderation.StandingOutcome>().Select(s => s.Outcome));
        }
        return found;
    }
}
