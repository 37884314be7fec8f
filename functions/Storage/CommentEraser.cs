using System.Collections.Concurrent;
using Moderato.Actions.Webhooks;
using Moderato.Comments;
using Moderato.Privacy;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>
/// Erases one comment wherever it is kept. Its outcome becomes a tombstone of a newer revision first, also where there is none yet: a
/// message that still carries the comment then changes nothing.
/// </summary>
public sealed class CommentEraser(TableSet tables, TimeProvider time)
{
    private const int MaxConflicts = 8;

    public async ValueTask EraseAsync(ErasureSubject subject, CommentKey key, ConcurrentDictionary<string, int> erased, CancellationToken cancellationToken)
    {
        var (partition, own) = (Keys.CommentPartition(subject.Community, key), Keys.CommentRow(key));
        for (var attempt = 0; attempt < MaxConflicts; attempt++)
        {
            // Somebody else's by now, or the author's but younger than the request: not what was asked for.
            if (await tables.Comments.FindAsync(partition, own, cancellationToken) is not { } row
                || CommentRow.Read(row) is not { } comment || (comment.Author is { } author && author.Id != subject.Author) || comment.FirstReceivedAt > subject.UpTo)
                return;

            var tombstone = comment.Erased ? comment : comment.AsErased(subject.Erasure);
            await EraseOutcomeAsync(subject, tombstone, erased, cancellationToken);
            await EraseBesideAsync(subject.Community, tombstone, erased, cancellationToken);
            if (comment.Erased)
                return;
            if (await tables.Comments.TryReplaceAsync(CommentRow.Of(tombstone), row.ETag.ToString(), cancellationToken))
            {
                AuthorEraser.Count(erased, "comments", 1);
                return;
            }
        }
        throw Changed();
    }

    /// <param name="subject">Whose it is.</param>
    /// <param name="comment">The comment: erased already, or as an outcome has it.</param>
    /// <param name="erased">What was erased so far.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async ValueTask EraseOutcomeAsync(ErasureSubject subject, Comment comment, ConcurrentDictionary<string, int> erased, CancellationToken cancellationToken)
    {
        var tombstone = comment.Erased ? comment : comment.AsErased(subject.Erasure);
        var (partition, key) = (Keys.OutcomePartition(comment.Community, comment.FirstReceivedAt), Keys.OutcomeRow(comment.FirstReceivedAt, comment.Key));
        for (var attempt = 0; attempt < MaxConflicts; attempt++)
        {
            if (await tables.Outcomes.FindAsync(partition, key, cancellationToken) is not { } row)
            {
                if (!await tables.Outcomes.TryAddAsync([OutcomeRow.Of(new Outcome { Comment = tombstone, DecidedAt = time.GetUtcNow() })], cancellationToken))
                    continue; // it was judged this very moment
                AuthorEraser.Count(erased, "outcomes", 1);
                return;
            }
            var outcome = OutcomeRow.Read(row);
            if (outcome.Comment.Erased && outcome.Revision >= tombstone.Revision)
                return;
            var next = outcome.AsErased(tombstone with { Revision = Math.Max(tombstone.Revision, outcome.Revision) }, time.GetUtcNow());
            if (await tables.Outcomes.TryReplaceAsync(OutcomeRow.Of(next), row.ETag.ToString(), cancellationToken))
            {
                AuthorEraser.Count(erased, "outcomes", 1);
                return;
            }
        }
        throw Changed();
    }

    /// <summary>What other tables keep about a comment by its key. A table that is added later, with words about comments, has its place here.</summary>
    private async Task EraseBesideAsync(CommunityId community, Comment comment, ConcurrentDictionary<string, int> erased, CancellationToken cancellationToken)
    {
        await EraseActionsAsync(community, comment.Key, erased, cancellationToken);
        var letter = (Keys.DeadLetterPartition(community, comment.FirstReceivedAt), Keys.DeadLetterRow(comment.FirstReceivedAt, comment.Key));
        var gone = await tables.DeadLetters.DeleteEntityAsync(letter.Item1, letter.Item2, cancellationToken: cancellationToken);
        AuthorEraser.Count(erased, "deadletters", gone.Status == 404 ? 0 : 1);
        await EraseLinksAsync(community, comment, erased, cancellationToken);
        // What waits for a person, or lies with a team, is about nothing any more; a proposal may hold an answer to its author.
        await EraseAllAsync(tables.Reviews, Keys.ReviewPartition(community), comment.Key, erased, cancellationToken);
        await EraseAllAsync(tables.Handoffs, Keys.HandoffPartition(community), comment.Key, erased, cancellationToken);
    }

    private static async Task EraseAllAsync(TableClient table, string partition, CommentKey key, ConcurrentDictionary<string, int> erased, CancellationToken cancellationToken)
    {
        var rows = await table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and Id eq {key.Id} and Platform eq {key.Platform.ToString()}"), select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken)
            .ToListAsync(cancellationToken);
        await table.DeleteTogetherAsync(rows, cancellationToken);
        AuthorEraser.Count(erased, table.Name, rows.Count);
    }

    /// <summary>Words of answers go; what was not begun is not done any more.</summary>
    private async Task EraseActionsAsync(CommunityId community, CommentKey key, ConcurrentDictionary<string, int> erased, CancellationToken cancellationToken)
    {
        var rows = tables.Actions.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Keys.ActionPartition(community, key)}"), cancellationToken: cancellationToken);
        await foreach (var found in rows)
        {
            var row = found;
            for (var attempt = 0; ; attempt++)
            {
                var action = ActionRow.Read(row);
                if (action is { Text: null, State: not ActionState.Pending })
                    break;
                var next = action.State == ActionState.Pending
                    ? action with { Text = null, State = ActionState.Overtaken, Reason = "its author was erased", FinishedAt = time.GetUtcNow() }
                    : action with { Text = null };
                if (await tables.Actions.TryReplaceAsync(ActionRow.Of(next), row.ETag.ToString(), cancellationToken))
                {
                    AuthorEraser.Count(erased, "actions", 1);
                    break;
                }
                row = await tables.Actions.FindAsync(row.PartitionKey, row.RowKey, cancellationToken) ?? throw Changed();
                if (attempt == MaxConflicts)
                    throw Changed();
            }
        }
    }

    private async Task EraseLinksAsync(CommunityId community, Comment comment, ConcurrentDictionary<string, int> erased, CancellationToken cancellationToken)
    {
        await foreach (var endpoint in EndpointsAsync(community, cancellationToken))
        {
            foreach (var id in Announcer.IdsWithLinks(endpoint, comment))
            {
                if (await tables.Webhooks.FindAsync(Keys.WebhookPartition(community, endpoint), Keys.DeliveryRow(id), cancellationToken) is not { } row
                    || WebhookTables.Read(row) is not { } delivery || delivery.LinksTo() is null)
                    continue;
                row["Body"] = delivery.WithoutLinks().Body;
                if (!await tables.Webhooks.TryReplaceAsync(row, row.ETag.ToString(), cancellationToken))
                    throw Changed(); // it was being sent: the message is tried again
                AuthorEraser.Count(erased, "webhooks", 1);
            }
        }
    }

    /// <summary>Endpoints that were told anything, also those that are no longer in the settings: one short read each.</summary>
    private async IAsyncEnumerable<string> EndpointsAsync(CommunityId community, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (after, end) = Keys.PartitionRange(community);
        while (await tables.Webhooks.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey gt {after} and PartitionKey lt {end}"), 1, ["PartitionKey", "RowKey"], cancellationToken).FirstOrDefaultAsync(cancellationToken) is { } row)
        {
            after = row.PartitionKey;
            yield return Keys.EndpointOf(community, row.PartitionKey);
        }
    }

    private static InvalidOperationException Changed() => new($"A row changed while an author was erased, {MaxConflicts} times or while it was sent: it is tried again.");
}
