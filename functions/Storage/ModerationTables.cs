using Moderato.Comments;
using Moderato.Moderation;
using Moderato.Policy;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Moderation's store: outcomes and authors' histories.</summary>
public sealed class ModerationTables(TableSet tables, SpanReader spans, StaleHours stale) : IModerationStore, IDeadLetterStore, IAuthorStore
{
    /// <summary>How many rows of an author are read, the profile among them: one request, and enough for any rule.</summary>
    private const int HistoryRows = 101;

    private const int MaxConflicts = 8;

    public async Task<Comment?> FindCommentAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken) =>
        await tables.Comments.FindAsync(Keys.CommentPartition(community, key), Keys.CommentRow(key), cancellationToken) is { } row ? CommentRow.Read(row) : null;

    public async Task<AuthorHistory> ReadHistoryAsync(Comment comment, CancellationToken cancellationToken)
    {
        if (comment.Author is not { } author)
            return AuthorHistory.Unknown;

        var partition = Keys.AuthorPartition(comment.Community, comment.Key.Platform, author.Id);
        var own = Keys.AuthorRow(comment.FirstReceivedAt, comment.Key);
        var pages = tables.Authors.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey lt {Keys.FirstAuthorMark}"), HistoryRows, AuthorRow.Past, cancellationToken).AsPages();
        await foreach (var page in pages) // the newest page says enough
        {
            return new AuthorHistory([.. page.Values.Where(r => r.RowKey != own && r.RowKey != Keys.ProfileRow).Select(AuthorRow.Read)])
            {
                Profile = page.Values.FirstOrDefault(r => r.RowKey == Keys.ProfileRow) is { } profile ? AuthorRow.ReadProfile(profile) : AuthorProfile.Unknown,
            };
        }
        return AuthorHistory.Unknown;
    }

    public async Task<IReadOnlyList<StandingOutcome?>> InsertAsync(IReadOnlyList<Outcome> outcomes, CancellationToken cancellationToken)
    {
        var standing = new Dictionary<CommentKey, StandingOutcome>();
        foreach (var hour in outcomes.GroupBy(o => Keys.OutcomePartition(o.Comment.Community, o.Comment.FirstReceivedAt)))
        {
            foreach (var chunk in hour.Chunk(Transactions.MostRows))
            {
                foreach (var there in await InsertTogetherAsync(chunk, cancellationToken))
                    standing.Add(there.Outcome.Key, there);
            }
        }
        return [.. outcomes.Select(o => standing.GetValueOrDefault(o.Key))];
    }

    public Task MarkHoursAsync(CommunityId community, IEnumerable<DateTimeOffset> firstReceived, CancellationToken cancellationToken) =>
        stale.MarkAsync(community, firstReceived, cancellationToken);

    public Task<bool> ReplaceAsync(StandingOutcome standing, Outcome next, CancellationToken cancellationToken) =>
        tables.Outcomes.TryReplaceAsync(OutcomeRow.Of(next), standing.Tag, cancellationToken);

    public Task<StandingOutcome?> FindOutcomeAsync(Comment comment, CancellationToken cancellationToken) =>
        FindOutcomeAsync(comment.Community, OutcomeId.Of(comment), cancellationToken);

    public async Task<StandingOutcome?> FindOutcomeAsync(CommunityId community, OutcomeId id, CancellationToken cancellationToken)
    {
        var row = await tables.Outcomes.FindAsync(Keys.OutcomePartition(community, id.FirstReceivedAt), Keys.OutcomeRow(id.FirstReceivedAt, id.Key), cancellationToken);
        return row is null ? null : new StandingOutcome(OutcomeRow.Read(row), row.ETag.ToString());
    }

    /// <summary>Writes into an outcome what was done on the platform. Done twice it is done once.</summary>
    public async Task NoteEffectAsync(Comment comment, Effect effect, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxConflicts; attempt++)
        {
            if (await FindOutcomeAsync(comment, cancellationToken) is not { } standing)
                return;
            var next = standing.Outcome.Effect == effect ? standing.Outcome : standing.Outcome with { Effect = effect, Change = standing.Outcome.Change + 1 };
            if (next != standing.Outcome)
            {
                await stale.MarkAsync(comment.Community, [comment.FirstReceivedAt], cancellationToken);
                if (!await ReplaceAsync(standing, next, cancellationToken))
                    continue;
            }
            await RecordAuthorsAsync([next], cancellationToken);
            return;
        }
        throw new InvalidOperationException($"An outcome changed {MaxConflicts} times while it was noted what was done.");
    }

    public Task<IReadOnlyList<Outcome>> OutcomesSinceAsync(CommunityId community, DateTimeOffset since, CancellationToken cancellationToken) =>
        spans.OutcomesAsync(community, since, DateTimeOffset.MaxValue.AddDays(-1), cancellationToken);

    public async Task<AuthorProfile> ProfileAsync(CommunityId community, PlatformId platform, string author, CancellationToken cancellationToken) =>
        await tables.Authors.FindAsync(Keys.AuthorPartition(community, platform, author), Keys.ProfileRow, cancellationToken) is { } row
            ? AuthorRow.ReadProfile(row)
            : AuthorProfile.Unknown;

    public async Task SaveProfileAsync(CommunityId community, PlatformId platform, string author, AuthorProfile profile, CancellationToken cancellationToken)
    {
        await tables.Authors.UpsertEntityAsync(
            AuthorRow.OfProfile(Keys.AuthorPartition(community, platform, author), profile), TableUpdateMode.Replace, cancellationToken);
        // Lists leave the team out at once; whoever draws the member meanwhile finds the row changed and draws again.
        await tables.Members.UpsertEntityAsync(MemberRow.OfProfile(community, platform, author, profile), TableUpdateMode.Merge, cancellationToken);
    }

    public async Task RecordAuthorsAsync(IReadOnlyList<Outcome> outcomes, CancellationToken cancellationToken)
    {
        var rows = outcomes.Where(o => o is { Comment.Author: not null, Verdict: not null, Signals: not null }).Select(o => (Outcome: o, Row: AuthorRow.Of(o)));
        await Task.WhenAll(rows.GroupBy(r => r.Row.PartitionKey).SelectMany(author => author.Chunk(Transactions.MostRows)).Select(async chunk =>
        {
            if (await tables.Authors.TryAddAsync([.. chunk.Select(r => r.Row)], cancellationToken))
                return;
            foreach (var (outcome, row) in chunk)
                await RecordAsync(outcome, row, cancellationToken);
        }));
    }

    public async Task ForgetWordsAsync(Outcome removed, CancellationToken cancellationToken)
    {
        if (removed.Comment.Author is not { } author)
            return;
        var (partition, key) = (Keys.AuthorPartition(removed.Comment.Community, removed.Key.Platform, author.Id), Keys.AuthorRow(removed.Comment.FirstReceivedAt, removed.Key));
        for (var attempt = 0; attempt < MaxConflicts; attempt++)
        {
            if (await tables.Authors.FindAsync(partition, key, cancellationToken) is not { } row)
                return;
            foreach (var words in AuthorRow.Words)
                row.Remove(words);
            row["Text"] = "";
            row["Removed"] = true;
            row["State"] = OutcomeState.Removed.ToString();
            await NoteDueAsync(removed, cancellationToken);
            if (await tables.Authors.TryReplaceAsync(row, row.ETag.ToString(), cancellationToken))
                return;
        }
        throw new InvalidOperationException($"An author's row changed {MaxConflicts} times while its words were forgotten.");
    }

    public Task ParkAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        var (comment, first) = (letter.Comment, letter.Comment.FirstReceivedAt);
        var row = new TableEntity(Keys.DeadLetterPartition(comment.Community, first), Keys.DeadLetterRow(first, comment.Key))
        {
            ["Platform"] = comment.Key.Platform.ToString(),
            ["Id"] = comment.Key.Id,
            ["Revision"] = comment.Revision,
            ["FirstReceivedAt"] = first,
            ["ParkedAt"] = letter.ParkedAt,
            ["Reason"] = letter.Reason,
        };
        return tables.DeadLetters.UpsertEntityAsync(row, TableUpdateMode.Merge, cancellationToken); // what people said of it stays
    }

    public Task ParkUnreadableAsync(string messageId, string message, DateTimeOffset parkedAt, string reason, CancellationToken cancellationToken)
    {
        // As bytes: a message may be longer than a text property, and may be no Unicode text at all.
        var bytes = System.Text.Encoding.UTF8.GetBytes(message);
        var row = new TableEntity(Keys.UnreadablePartition(parkedAt), Keys.UnreadableRow(messageId))
        {
            ["ParkedAt"] = parkedAt,
            ["Reason"] = reason,
            ["Message"] = bytes,
            ["Length"] = bytes.Length,
        };
        return tables.DeadLetters.UpsertEntityAsync(row, TableUpdateMode.Merge, cancellationToken);
    }

    private async Task<IReadOnlyList<StandingOutcome>> InsertTogetherAsync(IReadOnlyList<Outcome> outcomes, CancellationToken cancellationToken)
    {
        if (await tables.Outcomes.TryAddAsync([.. outcomes.Select(OutcomeRow.Of)], cancellationToken))
            return [];

        var standing = new List<StandingOutcome>();
        foreach (var outcome in outcomes)
        {
            var inserted = outcomes.Count > 1 && await tables.Outcomes.TryAddAsync([OutcomeRow.Of(outcome)], cancellationToken);
            if (!inserted)
            {
                standing.Add(await FindOutcomeAsync(outcome.Comment, cancellationToken)
                    ?? throw new InvalidOperationException("An outcome vanished while it was written."));
            }
        }
        return standing;
    }

    /// <summary>Before the change, so that it is not forgotten if the app is stopped between the two.</summary>
    private Task NoteDueAsync(Outcome changing, CancellationToken cancellationToken) => tables.Members.UpsertEntityAsync(
        MemberRow.Due(changing.Comment.Community, changing.Key.Platform, changing.Comment.Author!.Id), TableUpdateMode.Replace, cancellationToken);

    private async Task RecordAsync(Outcome outcome, TableEntity row, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxConflicts; attempt++)
        {
            if (await tables.Authors.TryAddAsync([row], cancellationToken))
                return;
            var there = await tables.Authors.FindAsync(row.PartitionKey, row.RowKey, cancellationToken);
            if (there is null)
                continue;
            if ((there.GetInt32("Change") ?? 1) >= row.GetInt32("Change"))
                return;
            await NoteDueAsync(outcome, cancellationToken);
            if (await tables.Authors.TryReplaceAsync(row, there.ETag.ToString(), cancellationToken))
                return;
        }
        throw new InvalidOperationException($"An author's row changed {MaxConflicts} times while it was written.");
    }
}
