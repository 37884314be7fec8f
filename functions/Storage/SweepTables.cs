using System.Runtime.CompilerServices;
using Moderato.Comments;
using Moderato.Moderation;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>The sweep's store.</summary>
public sealed class SweepTables(TableSet tables, ModerationTables moderation, CommentsQueue queue, SpanReader spans) : ISweepStore
{
    public async Task<SweepState> ReadStateAsync(CommunityId community, CancellationToken cancellationToken)
    {
        var row = await tables.Settings.FindAsync(Keys.SettingsPartition(community), Keys.SweepRow, cancellationToken);
        return row is null ? SweepState.Start : new SweepState(row.Time("SettledThrough"), row.Time("RequeuedThrough"), row.Time("RequeuedAt"));
    }

    public Task SaveStateAsync(CommunityId community, SweepState state, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Keys.SettingsPartition(community), Keys.SweepRow)
        {
            ["SettledThrough"] = state.SettledThrough,
            ["RequeuedThrough"] = state.RequeuedThrough,
            ["RequeuedAt"] = state.RequeuedAt,
        };
        return tables.Settings.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
    }

    public async IAsyncEnumerable<ReceiptNote> ReadReceiptsAsync(
        CommunityId community, DateTimeOffset after, DateTimeOffset upTo, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var note in await spans.ReceiptsAsync(community, after.AddTicks(1), upTo.AddTicks(1), cancellationToken))
            yield return note;
    }

    public async Task<IReadOnlyList<ReceiptNote>> UnsettledAsync(
        CommunityId community, IReadOnlyList<ReceiptNote> receipts, CancellationToken cancellationToken)
    {
        if (receipts.Count == 0)
            return [];

        // Most were received and judged within the span: their outcomes come in one read.
        var judged = await spans.RevisionsAsync(
            community, receipts.Min(r => r.ReceivedAt), receipts.Max(r => r.ReceivedAt).AddTicks(1), cancellationToken);
        var unsettled = new List<ReceiptNote>();
        foreach (var receipt in receipts.Where(r => judged.GetValueOrDefault(r.Key) < r.Revision))
        {
            var outcome = receipt.Revision == 1 ? null : await tables.Outcomes.FindAsync(
                Keys.OutcomePartition(community, receipt.FirstReceivedAt), Keys.OutcomeRow(receipt.FirstReceivedAt, receipt.Key), cancellationToken);
            if (outcome?.GetInt32("Revision") >= receipt.Revision || await IsParkedAsync(community, receipt, cancellationToken))
                continue;
            unsettled.Add(receipt);
        }
        return unsettled;
    }

    public Task<int> WaitingMessagesAsync(CancellationToken cancellationToken) => queue.LengthAsync(cancellationToken);

    public Task<Comment?> FindCommentAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken) =>
        moderation.FindCommentAsync(community, key, cancellationToken);

    public Task EnqueueAsync(IReadOnlyList<Comment> comments, CancellationToken cancellationToken) => queue.EnqueueAsync(comments, cancellationToken);

    private async Task<bool> IsParkedAsync(CommunityId community, ReceiptNote receipt, CancellationToken cancellationToken)
    {
        var letter = await tables.DeadLetters.FindAsync(
            Keys.DeadLetterPartition(community, receipt.FirstReceivedAt), Keys.DeadLetterRow(receipt.FirstReceivedAt, receipt.Key), cancellationToken);
        return letter?.GetInt32("Revision") >= receipt.Revision;
    }
}
