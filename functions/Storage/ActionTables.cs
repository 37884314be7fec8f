using Azure.Storage.Queues;
using Moderato.Actions;
using Moderato.Comments;
using Moderato.Members;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>What is to be done on platforms, and what became of it: one partition a comment.</summary>
public sealed class ActionTables(TableSet tables, StorageConnection connection, ModerationTables moderation) : IActionStore
{
    private readonly QueueClient _queue = connection.Queues.GetQueueClient(QueueNames.Actions);

    public Task EnqueueAsync(PlatformAction action, TimeSpan delay, CancellationToken cancellationToken) =>
        _queue.KeepAsync(ActionMessage.Write(action), delay, cancellationToken);

    public async Task<StandingAction> AddAsync(PlatformAction action, CancellationToken cancellationToken)
    {
        // Written before it is asked: either this sees that the author was erased, or whoever erases sees the row.
        var added = await tables.Actions.TryAddAsync([ActionRow.Of(action)], cancellationToken);
        var standing = await ReadAsync(action, cancellationToken);
        return added && action.Text is not null && await FindCommentAsync(action.Community, action.Key, cancellationToken) is { Erased: true }
            ? await ReplaceAsync(standing, standing.Action with { Text = null }, cancellationToken) ?? await ReadAsync(action, cancellationToken)
            : standing;
    }

    public async Task<StandingAction?> ReplaceAsync(StandingAction standing, PlatformAction next, CancellationToken cancellationToken)
    {
        if (!await tables.Actions.TryReplaceAsync(ActionRow.Of(next), standing.Tag, cancellationToken))
            return null;
        return await ReadAsync(next, cancellationToken);
    }

    public Task<IReadOnlyList<PlatformAction>> HistoryAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken) =>
        tables.ActionsOfAsync(community, key, cancellationToken);

    public Task NoteEffectAsync(Comment comment, Effect effect, CancellationToken cancellationToken) => moderation.NoteEffectAsync(comment, effect, cancellationToken);

    public async Task NoteAnsweredAsync(PlatformAction answer, Comment comment, CancellationToken cancellationToken)
    {
        if (comment.Author is not { } author)
            return;
        var whose = new AuthorKey(comment.Key.Platform, author.Id);
        var mark = new Mark(MarkKind.Answered, OutcomeId.Of(comment), answer.RequestedAt, "", false);
        await tables.Authors.UpsertEntityAsync(
            MarkRow.Of(answer.Community, new PlacedMark(whose, comment.Key, mark, Stands: true)), TableUpdateMode.Replace, cancellationToken);
        await tables.Members.UpsertEntityAsync(MemberRow.Due(answer.Community, whose.Platform, whose.Id), TableUpdateMode.Replace, cancellationToken);
    }

    public Task<Comment?> FindCommentAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken) =>
        moderation.FindCommentAsync(community, key, cancellationToken);

    private async Task<StandingAction> ReadAsync(PlatformAction action, CancellationToken cancellationToken)
    {
        var there = await tables.Actions.GetEntityAsync<TableEntity>(
            Keys.ActionPartition(action.Community, action.Key), Keys.ActionRow(action.Id), cancellationToken: cancellationToken);
        return new StandingAction(ActionRow.Read(there.Value), there.Value.ETag.ToString());
    }
}
