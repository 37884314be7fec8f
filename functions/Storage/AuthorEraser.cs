using System.Collections.Concurrent;
using Moderato.Privacy;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>
/// Finds what names an author, and erases it. Comments are found by their author, and on the second look by the erasure that took them;
/// the comment's own row goes last, so that whoever was stopped finds it again.
/// </summary>
public sealed class AuthorEraser(TableSet tables, CommentEraser comments, TimeProvider time)
{
    /// <summary>How many comments are a piece: some ten requests each.</summary>
    private const int Piece = 200;

    /// <summary>Where a filter matches little, a piece ends after so many requests.</summary>
    private const int MostRequests = 20;
    private const int AtOnce = 16;

    public Task<ErasedPiece> EraseAsync(ErasureSubject subject, ErasurePhase phase, bool secondLook, string? cursor, CancellationToken cancellationToken)
    {
        var erased = new ConcurrentDictionary<string, int>();
        return phase switch
        {
            ErasurePhase.Comments => EraseCommentsAsync(subject, secondLook, cursor, erased, cancellationToken),
            ErasurePhase.Outcomes => EraseOutcomesAsync(subject, cursor, erased, cancellationToken),
            ErasurePhase.History => EraseHistoryAsync(subject, secondLook, erased, cancellationToken),
            ErasurePhase.Unreadable => EraseUnreadableAsync(subject, cursor, erased, cancellationToken),
            _ => throw new InvalidOperationException($"There is no phase {phase}."),
        };
    }

    private async Task<ErasedPiece> EraseCommentsAsync(
        ErasureSubject subject, bool secondLook, string? cursor, ConcurrentDictionary<string, int> erased, CancellationToken cancellationToken)
    {
        var ((first, last), (from, to)) = (Keys.PartitionRange(subject.Community), Keys.CommentRange);
        var theirs = TableClient.CreateQueryFilter($"AuthorId eq {subject.Author}");
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey ge {first} and PartitionKey lt {last} and RowKey ge {from} and RowKey lt {to} and Platform eq {subject.Platform.ToString()} and FirstReceivedAt le {subject.UpTo}");
        filter = $"{filter} and ({(secondLook ? $"{theirs} or {TableClient.CreateQueryFilter($"Erasure eq {subject.Erasure}")}" : theirs)})";
        var (rows, next) = await PageAsync(tables.Comments, filter, cursor, ["Platform", "Id"], cancellationToken);
        await ForEachAsync(rows, (row, cancel) => comments.EraseAsync(subject, row.CommentKey(), erased, cancel), cancellationToken);
        return new ErasedPiece(erased, next);
    }

    /// <summary>Outcomes whose comment's row no longer says whose they are: it was edited by somebody else, or is gone.</summary>
    private async Task<ErasedPiece> EraseOutcomesAsync(ErasureSubject subject, string? cursor, ConcurrentDictionary<string, int> erased, CancellationToken cancellationToken)
    {
        var filter = $"{SpanReader.OutcomesBetween(subject.Community, DateTimeOffset.UnixEpoch, subject.UpTo.AddTicks(1))} and {TableClient.CreateQueryFilter($"Platform eq {subject.Platform.ToString()} and AuthorId eq {subject.Author}")}";
        var (rows, next) = await PageAsync(tables.Outcomes, filter, cursor, null, cancellationToken);
        await ForEachAsync(rows, (row, cancel) => comments.EraseOutcomeAsync(subject, CommentRow.Read(row), erased, cancel), cancellationToken);
        return new ErasedPiece(erased, next);
    }

    /// <summary>
    /// The rows of the author's own partition. Of a comment that was removed only this row still says whose it was; what is kept about it
    /// goes first.
    /// </summary>
    private async Task<ErasedPiece> EraseHistoryAsync(ErasureSubject subject, bool secondLook, ConcurrentDictionary<string, int> erased, CancellationToken cancellationToken)
    {
        var partition = Keys.AuthorPartition(subject.Community, subject.Platform, subject.Author);
        var (from, to) = (Keys.AuthorRowsUpTo(subject.UpTo), Keys.AuthorRowsEnd);
        var (rows, next) = await PageAsync(
            tables.Authors, TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}"), null, null, cancellationToken);
        await ForEachAsync(rows, (row, cancel) => comments.EraseAsync(subject, row.CommentKey(), erased, cancel), cancellationToken);
        await tables.Authors.DeleteTogetherAsync(rows, cancellationToken);
        Count(erased, "authors", rows.Count);
        if (!secondLook && await tables.Authors.FindAsync(partition, Keys.ProfileRow, cancellationToken) is { } profile)
        {
            await tables.Authors.DeleteEntityAsync(partition, profile.RowKey, cancellationToken: cancellationToken);
            Count(erased, "authors", 1);
        }
        await EraseMemberAsync(subject, partition, erased, cancellationToken);
        // What was found is gone: the next piece begins at the beginning again. Its place would name the author.
        return new ErasedPiece(erased, next is null ? null : "");
    }

    /// <summary>What is counted of the author, and the marks of who helped or thanked them. Drawn again if they write again.</summary>
    private async Task EraseMemberAsync(ErasureSubject subject, string partition, ConcurrentDictionary<string, int> erased, CancellationToken cancellationToken)
    {
        var marks = await tables.Authors.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {Keys.FirstAuthorMark}"), select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken)
            .ToListAsync(cancellationToken);
        await tables.Authors.DeleteTogetherAsync(marks, cancellationToken);
        Count(erased, "authors", marks.Count);
        var row = Keys.MemberRow(subject.Platform, subject.Author);
        foreach (var of in new[] { Keys.MemberPartition(subject.Community), Keys.DueMemberPartition(subject.Community) })
        {
            var gone = await tables.Members.DeleteEntityAsync(of, row, cancellationToken: cancellationToken);
            Count(erased, "members", gone.Status == 404 ? 0 : 1);
        }
    }

    /// <summary>What nobody could read belongs to nobody for sure; where it names the author, its bytes go, and the row says so.</summary>
    private async Task<ErasedPiece> EraseUnreadableAsync(ErasureSubject subject, string? cursor, ConcurrentDictionary<string, int> erased, CancellationToken cancellationToken)
    {
        var ((first, last), (from, to), (whole, wholeEnd)) = (Keys.PartitionRange(subject.Community), Keys.UnreadablePartsRange, Keys.UnreadableRange);
        var filter = TableClient.CreateQueryFilter(
            $"((PartitionKey ge {first} and PartitionKey lt {last} and RowKey ge {from} and RowKey lt {to}) or (PartitionKey ge {whole} and PartitionKey lt {wholeEnd})) and ParkedAt le {subject.UpTo}");
        var (rows, next) = await PageAsync(tables.DeadLetters, filter, cursor, null, cancellationToken);
        foreach (var row in rows.Where(r => Names(r, subject)))
        {
            row.Remove("Message");
            row["DiscardedAt"] = time.GetUtcNow();
            row["DiscardedBy"] = "erasure";
            row["DiscardedBecause"] = "its author was erased";
            if (await tables.DeadLetters.TryReplaceAsync(row, row.ETag.ToString(), cancellationToken)) // changed meanwhile: the second look sees it again
                Count(erased, "deadletters", 1);
        }
        return new ErasedPiece(erased, next);
    }

    /// <summary>Whether the bytes hold the author's id as a word of its own. Of platforms that people run themselves, ids here begin with the source's.</summary>
    private static bool Names(TableEntity row, ErasureSubject subject)
    {
        if (row.GetBinary("Message") is not { } bytes)
            return false;
        var text = System.Text.Encoding.UTF8.GetString(bytes);
        var own = row.GetString("Source") is { } source && subject.Author.StartsWith($"{source}/", StringComparison.Ordinal) ? subject.Author[(source.Length + 1)..] : subject.Author;
        for (var at = text.IndexOf(own, StringComparison.Ordinal); at >= 0; at = text.IndexOf(own, at + 1, StringComparison.Ordinal))
        {
            var end = at + own.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
                return true;
        }
        return false;
    }

    private static async Task<(IReadOnlyList<TableEntity> Rows, string? Next)> PageAsync(
        TableClient table, string filter, string? after, IEnumerable<string>? select, CancellationToken cancellationToken)
    {
        var rows = new List<TableEntity>();
        var next = after is { Length: > 0 } ? after : null;
        for (var request = 0; request < MostRequests && rows.Count < Piece; request++)
        {
            var missing = Piece - rows.Count;
            await foreach (var page in table.QueryAsync<TableEntity>(filter, missing, select, cancellationToken).AsPages(next, missing))
            {
                rows.AddRange(page.Values);
                next = page.ContinuationToken;
                break; // the next request asks for fewer
            }
            if (next is null)
                break;
        }
        return (rows, next);
    }

    private static Task ForEachAsync(IReadOnlyList<TableEntity> rows, Func<TableEntity, CancellationToken, ValueTask> erase, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(rows, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, erase);

    internal static void Count(ConcurrentDictionary<string, int> erased, string table, int rows)
    {
        if (rows > 0)
            erased.AddOrUpdate(table, rows, (_, so) => so + rows);
    }
}
