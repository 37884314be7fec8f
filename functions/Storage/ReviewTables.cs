using Azure;
using Azure.Storage.Queues;
using Moderato.Comments;
using Moderato.Moderation;
using Moderato.Outcomes;
using Moderato.Review;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>What waits for people, in the table <c>reviews</c>; what they decide, in the queue <c>rulings</c> and with the outcomes.</summary>
public sealed class ReviewTables(TableSet tables, StorageConnection connection, ModerationTables moderation, OutcomeTables outcomes) : IReviewStore
{
    private const int PageRows = 1_000;

    private readonly QueueClient _queue = connection.Queues.GetQueueClient(QueueNames.Rulings);

    public async Task<QueuedRuling> EnqueueAsync(RulingRequest request, CancellationToken cancellationToken)
    {
        // Whoever took it on carries it out at once; this is for when they are stopped.
        var receipt = (await _queue.KeepAsync(RulingMessage.Write(request), TimeSpan.FromSeconds(30), cancellationToken)).Value;
        return new QueuedRuling(receipt.MessageId, receipt.PopReceipt);
    }

    public async Task ForgetAsync(QueuedRuling queued, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.DeleteMessageAsync(queued.MessageId, queued.PopReceipt, cancellationToken);
        }
        catch (RequestFailedException taken) when (taken.Status is 400 or 404)
        {
            // It was taken while this took long. Doing the same again changes nothing.
        }
    }

    public async Task<StandingRuling?> FindAsync(CommunityId community, OutcomeId id, CancellationToken cancellationToken) =>
        await moderation.FindOutcomeAsync(community, id, cancellationToken) is var (outcome, tag) ? new StandingRuling(outcome, tag) : null;

    public Task<bool> ReplaceAsync(StandingRuling standing, Outcome next, CancellationToken cancellationToken) =>
        moderation.ReplaceAsync(new StandingOutcome(standing.Outcome, standing.Tag), next, cancellationToken);

    public Task MarkHourAsync(Outcome outcome, CancellationToken cancellationToken) =>
        moderation.MarkHoursAsync(outcome.Comment.Community, [outcome.Comment.FirstReceivedAt], cancellationToken);

    public Task RecordAuthorAsync(Outcome outcome, CancellationToken cancellationToken) => moderation.RecordAuthorsAsync([outcome], cancellationToken);

    public async Task<(IReadOnlyList<StandingItem> Items, string? Next)> ListAsync(CommunityId community, string? after, int most, CancellationToken cancellationToken)
    {
        var rows = await tables.Reviews.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Keys.ReviewPartition(community)} and RowKey gt {after ?? ""}"), most, cancellationToken: cancellationToken)
            .Take(most).ToListAsync(cancellationToken);
        return ([.. rows.Select(Read)], rows.Count == most ? rows[^1].RowKey : null);
    }

    public async Task<IReadOnlyList<StandingItem>> ItemsOfAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken) =>
        await tables.Reviews.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Keys.ReviewPartition(community)} and Id eq {key.Id} and Platform eq {key.Platform.ToString()}"), cancellationToken: cancellationToken)
            .Select(Read).ToListAsync(cancellationToken);

    public Task AddAsync(CommunityId community, ReviewItem item, CancellationToken cancellationToken) => tables.Reviews.TryAddAsync([RowOf(community, item)], cancellationToken);

    public async Task<bool> ReplaceAsync(CommunityId community, StandingItem standing, ReviewItem next, CancellationToken cancellationToken)
    {
        try
        {
            return await tables.Reviews.TryReplaceAsync(RowOf(community, next), standing.Tag, cancellationToken);
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return false; // somebody decided meanwhile
        }
    }

    public Task RemoveAsync(CommunityId community, ReviewItem item, CancellationToken cancellationToken) =>
        tables.Reviews.DeleteEntityAsync(Keys.ReviewPartition(community), Keys.ReviewRow(item.DueAt, item.Outcome.Key), cancellationToken: cancellationToken);

    public Task<IReadOnlyList<Outcome>> OfAuthorAsync(
        CommunityId community, PlatformId platform, string author, DateTimeOffset since, int most, CancellationToken cancellationToken) => ReadAsync(
        new OutcomeQuery { Community = community, From = since, To = DateTimeOffset.MaxValue.AddDays(-1), Platform = platform, Author = author, NewestFirst = true, Limit = PageRows }, most, cancellationToken);

    public Task<IReadOnlyList<Outcome>> SinceAsync(CommunityId community, DateTimeOffset since, int most, CancellationToken cancellationToken) => ReadAsync(
        new OutcomeQuery { Community = community, From = since, To = DateTimeOffset.MaxValue.AddDays(-1), Limit = PageRows }, most, cancellationToken);

    private async Task<IReadOnlyList<Outcome>> ReadAsync(OutcomeQuery query, int most, CancellationToken cancellationToken)
    {
        var read = new List<Outcome>();
        do
        {
            var page = await outcomes.QueryAsync(query with { Limit = Math.Min(PageRows, most - read.Count) }, cancellationToken);
            read.AddRange(page.Outcomes);
            query = query with { After = page.Next };
        }
        while (query.After is not null && read.Count < most);
        return read;
    }

    private static TableEntity RowOf(CommunityId community, ReviewItem item)
    {
        var row = new TableEntity(Keys.ReviewPartition(community), Keys.ReviewRow(item.DueAt, item.Outcome.Key))
        {
            ["Platform"] = item.Outcome.Key.Platform.ToString(),
            ["Id"] = item.Outcome.Key.Id,
            ["FirstReceivedAt"] = item.Outcome.FirstReceivedAt,
            ["Revision"] = item.Revision,
            ["Cause"] = item.Cause.ToString(),
            ["DueAt"] = item.DueAt,
        };
        row.SetIfAny("ClaimedBy", item.ClaimedBy);
        row.SetIfAny("ClaimedUntil", item.ClaimedUntil);
        if (item.Proposal is { } proposal)
            row.SetLongText("Proposal", System.Text.Encoding.UTF8.GetString(RulingMessage.Write(proposal)));
        return row;
    }

    private static StandingItem Read(TableEntity row) => new(
        new ReviewItem(new OutcomeId(row.Time("FirstReceivedAt"), row.CommentKey()), row.GetInt32("Revision") ?? 1, Enum.Parse<ReviewCause>(row.Text("Cause")), row.Time("DueAt"))
        {
            ClaimedBy = row.GetString("ClaimedBy"),
            ClaimedUntil = row.GetDateTimeOffset("ClaimedUntil"),
            Proposal = row.LongText("Proposal") is { Length: > 0 } proposal ? RulingMessage.Parse(proposal) : null,
        },
        row.ETag.ToString());
}
