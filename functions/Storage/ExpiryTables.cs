using Moderato.Comments;
using Moderato.Ingest;
using Moderato.Privacy;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Lets words go: the receipts say which comments came when, and the outcome is found by the comment.</summary>
public sealed class ExpiryTables(TableSet tables, SpanReader spans) : IExpiryStore
{
    private const int MaxConflicts = 8;
    private const int AtOnce = 16;

    /// <summary>How many comments are done before it is written down how far it came.</summary>
    private const int Piece = 20_000;

    /// <summary>A row may be written a little after the time it bears.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(30);

    public async Task<int> ExpireTextsAsync(CommunityId community, PlatformId platform, DateTimeOffset before, CancellationToken cancellationToken)
    {
        for (var expired = 0; ;)
        {
            var piece = await ExpireTextsAsync(community, platform, before, Piece, cancellationToken);
            expired += piece.Count;
            if (piece.Done)
                return expired;
        }
    }

    /// <summary>Lets go of the words of about so many comments at most, of one platform or of all.</summary>
    public async Task<RetentionPiece> ExpireTextsAsync(CommunityId community, PlatformId? platform, DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        var state = await tables.Settings.FindAsync(Keys.SettingsPartition(community), Keys.ExpiredRow(platform), cancellationToken);
        var from = state?.GetDateTimeOffset("Through") ?? DateTimeOffset.UnixEpoch;
        var (receipts, until) = await spans.OldestReceiptsAsync(community, from, before, most, cancellationToken);
        var expired = 0;
        await Parallel.ForEachAsync(
            receipts.Where(r => platform is null || r.Key.Platform == platform), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (receipt, cancel) =>
            {
                if (await ExpireAsync(community, receipt, before, cancel))
                    Interlocked.Increment(ref expired);
            });
        await ForgetPartsAsync(community, platform, from, until, cancellationToken);

        // Saved last: stopped before this, the next run goes through the same once more.
        var through = until < before ? until : before - Overlap;
        if (through > from)
            await tables.Settings.UpsertEntityAsync(new TableEntity(Keys.SettingsPartition(community), Keys.ExpiredRow(platform)) { ["Through"] = through }, TableUpdateMode.Replace, cancellationToken);
        return new RetentionPiece(expired, until >= before);
    }

    private async Task<bool> ExpireAsync(CommunityId community, ReceiptNote receipt, DateTimeOffset before, CancellationToken cancellationToken)
    {
        // An edit that came later is younger than its first version, and has its own time.
        var expired = await ExpireAsync(tables.Comments, Keys.CommentPartition(community, receipt.Key), Keys.CommentRow(receipt.Key), before, cancellationToken);
        var (partition, row) = (Keys.OutcomePartition(community, receipt.FirstReceivedAt), Keys.OutcomeRow(receipt.FirstReceivedAt, receipt.Key));
        if ((await tables.Outcomes.FindAsync(partition, row, cancellationToken))?.Author() is { } author)
            await ExpireAsync(tables.Authors, Keys.AuthorPartition(community, receipt.Key.Platform, author.Id), Keys.AuthorRow(receipt.FirstReceivedAt, receipt.Key), before, cancellationToken);
        await ExpireAsync(tables.Outcomes, partition, row, before, cancellationToken);
        await ForgetAnswersAsync(community, receipt.Key, before, cancellationToken);
        return expired;
    }

    private static async Task<bool> ExpireAsync(TableClient table, string partition, string row, DateTimeOffset before, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxConflicts; attempt++)
        {
            if (await table.FindAsync(partition, row, cancellationToken) is not { } found)
                return false;
            var comment = CommentRow.Read(found);
            if (comment.Removed || comment.TextExpired || comment.ReceivedAt >= before)
                return false;
            CommentRow.With(found, comment.WithoutText());
            found.Remove("AuthorName");
            found.Remove("ReplyText");
            if (await table.TryReplaceAsync(found, found.ETag.ToString(), cancellationToken))
                return true;
        }
        throw new InvalidOperationException($"A row changed {MaxConflicts} times while its words were let go.");
    }

    /// <summary>An answer may call its reader by name. What was asked for so long ago is done, or given up.</summary>
    private async Task ForgetAnswersAsync(CommunityId community, CommentKey key, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var rows = tables.Actions.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Keys.ActionPartition(community, key)} and RequestedAt lt {before}"), cancellationToken: cancellationToken);
        await foreach (var row in rows.Where(r => r.ContainsKey("Text")))
        {
            row.Remove("Text");
            await tables.Actions.TryReplaceAsync(row, row.ETag.ToString(), cancellationToken); // changed meanwhile: the next run sees it again
        }
    }

    /// <summary>That there was a part that nobody could read stays, and why.</summary>
    private async Task ForgetPartsAsync(CommunityId community, PlatformId? platform, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var (first, last) = (Keys.DeadLetterPartition(community, from), Keys.DeadLetterPartition(community, before));
        var (start, end) = platform is { } of ? Keys.UnreadablePartRange(of) : Keys.UnreadablePartsRange;
        var parts = tables.DeadLetters.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey le {last} and RowKey ge {start} and RowKey lt {end} and ParkedAt lt {before}"),
            cancellationToken: cancellationToken);
        await foreach (var part in parts.Where(p => p.ContainsKey("Message")))
        {
            part.Remove("Message");
            await tables.DeadLetters.TryReplaceAsync(part, part.ETag.ToString(), cancellationToken); // changed meanwhile: the next run sees it again
        }
    }
}
