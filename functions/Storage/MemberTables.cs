using Azure;
using Moderato.Comments;
using Moderato.Members;
using Moderato.Policy;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>The table <c>members</c>, and the marks that lie behind authors' comments.</summary>
public sealed class MemberTables(TableSet tables, SpanReader spans, ModerationTables moderation, OutcomeTables outcomes) : IMemberStore
{
    /// <summary>How many rows of an author are read: one request. Whoever wrote more has said enough.</summary>
    private const int MostComments = 1_000;

    /// <summary>How many names are read at the same time.</summary>
    private const int NamesAtOnce = 16;

    private static readonly string[] WrittenColumns =
        ["RowKey", "Platform", "Id", "FirstReceivedAt", "Decision", "Sentiment", "Anger", "Strike", "Removed", "Labels", "AuthorName", "Trusted", "Team", .. MarkRow.Columns];

    public async Task<DateTimeOffset?> CountedThroughAsync(CommunityId community, CancellationToken cancellationToken) =>
        (await tables.Settings.FindAsync(Keys.SettingsPartition(community), Keys.MembersRow, cancellationToken))?.Time("Through");

    public Task SaveCountedThroughAsync(CommunityId community, DateTimeOffset through, CancellationToken cancellationToken) =>
        tables.Settings.UpsertEntityAsync(
            new TableEntity(Keys.SettingsPartition(community), Keys.MembersRow) { ["Through"] = through }, TableUpdateMode.Replace, cancellationToken);

    public async Task<IReadOnlyList<Outcome>> OutcomesAsync(CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var received = (await spans.OutcomesAsync(community, from, to, cancellationToken)).ToList();
        var changed = (await spans.ReceiptsAsync(community, from, to, cancellationToken)).Where(r => r.Revision > 1 && r.FirstReceivedAt < from);
        foreach (var id in changed.Select(r => new OutcomeId(r.FirstReceivedAt, r.Key)).Distinct())
        {
            if (await outcomes.FindAsync(community, id, cancellationToken) is { } outcome)
                received.Add(outcome);
        }
        return received;
    }

    public Task<Comment?> FindCommentAsync(CommunityId community, CommentKey key, CancellationToken cancellationToken) =>
        moderation.FindCommentAsync(community, key, cancellationToken);

    public Task<Outcome?> FindOutcomeAsync(CommunityId community, OutcomeId id, CancellationToken cancellationToken) =>
        outcomes.FindAsync(community, id, cancellationToken);

    public async Task<bool> IsTeamAsync(CommunityId community, AuthorKey author, CancellationToken cancellationToken) =>
        (await moderation.ProfileAsync(community, author.Platform, author.Id, cancellationToken)).Team;

    public async Task SetMarksAsync(CommunityId community, IReadOnlyList<PlacedMark> marks, CancellationToken cancellationToken)
    {
        foreach (var gone in marks.Where(m => !m.Stands).Select(m => MarkRow.Of(community, m)))
            await tables.Authors.DeleteEntityAsync(gone.PartitionKey, gone.RowKey, cancellationToken: cancellationToken);
        foreach (var author in marks.Where(m => m.Stands).Select(m => MarkRow.Of(community, m)).GroupBy(r => r.PartitionKey))
        {
            foreach (var chunk in author.Chunk(Transactions.MostRows))
                await tables.Authors.SubmitTransactionAsync(chunk.Select(r => new TableTransactionAction(TableTransactionActionType.UpsertReplace, r)), cancellationToken);
        }
    }

    public async Task<Written> ReadAsync(CommunityId community, AuthorKey author, CancellationToken cancellationToken)
    {
        var partition = Keys.AuthorPartition(community, author.Platform, author.Id);
        var rows = new List<TableEntity>();
        var whole = true;
        await foreach (var page in tables.Authors.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), MostComments, WrittenColumns, cancellationToken).AsPages())
        {
            rows.AddRange(page.Values);
            whole = page.ContinuationToken is null;
            if (rows.Count >= MostComments)
                break;
        }
        if (!whole)
        {
            // The marks lie behind more comments than are read.
            rows.RemoveAll(r => IsMark(r.RowKey));
            rows.AddRange(await tables.Authors.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {Keys.FirstAuthorMark}"), select: [.. MarkRow.Columns, "RowKey"], cancellationToken: cancellationToken)
                .ToListAsync(cancellationToken));
        }
        return new Written(
            [.. rows.Where(r => r.RowKey != Keys.ProfileRow && !IsMark(r.RowKey)).Select(ReadComment)],
            [.. rows.Where(r => IsMark(r.RowKey)).Select(MarkRow.Read).OfType<Mark>()],
            rows.Find(r => r.RowKey == Keys.ProfileRow) is { } profile ? AuthorRow.ReadProfile(profile) : AuthorProfile.Unknown);
    }

    public async Task<StandingMember?> FindAsync(CommunityId community, AuthorKey author, CancellationToken cancellationToken) =>
        await tables.Members.FindAsync(Keys.MemberPartition(community), Keys.MemberRow(author.Platform, author.Id), cancellationToken) is { } row
            ? new StandingMember(MemberRow.Read(row), row.ETag.ToString())
            : null;

    public async Task<IReadOnlyList<AuthorKey>> SaveAsync(CommunityId community, IReadOnlyList<DrawnMember> members, CancellationToken cancellationToken)
    {
        if (members.Count == 0)
            return [];
        try
        {
            await tables.Members.SubmitTransactionAsync(
                members.Select(m => m.Tag is { } tag
                    ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, MemberRow.Of(community, m.Member), new ETag(tag))
                    : new TableTransactionAction(TableTransactionActionType.Add, MemberRow.Of(community, m.Member))),
                cancellationToken);
            return [];
        }
        catch (RequestFailedException overtaken) when (overtaken.Status is 404 or 409 or 412) // one is gone, came, or changed
        {
            if (members is [var only])
                return [only.Member.Author];
        }
        var open = new List<AuthorKey>();
        foreach (var member in members)
            open.AddRange(await SaveAsync(community, [member], cancellationToken));
        return open;
    }

    public async Task<IReadOnlyList<DueMember>> DueAsync(CommunityId community, CancellationToken cancellationToken)
    {
        var rows = tables.Members.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Keys.DueMemberPartition(community)}"), cancellationToken: cancellationToken);
        return await rows.Select(r => new DueMember(MemberRow.Author(r), r.GetBoolean("Seen") is true, r.ETag.ToString())).ToListAsync(cancellationToken);
    }

    public async Task SettleAsync(CommunityId community, IReadOnlyList<DueMember> due, CancellationToken cancellationToken)
    {
        foreach (var member in due)
        {
            var row = MemberRow.Due(community, member.Author.Platform, member.Author.Id);
            try
            {
                if (member.Seen)
                {
                    await tables.Members.DeleteEntityAsync(row.PartitionKey, row.RowKey, new ETag(member.Tag), cancellationToken);
                    continue;
                }
                row["Seen"] = true;
                await tables.Members.UpdateEntityAsync(row, new ETag(member.Tag), TableUpdateMode.Replace, cancellationToken);
            }
            catch (RequestFailedException again) when (again.Status is 404 or 412)
            {
                // Due once more since it was read, or settled by another run: the next one looks.
            }
        }
    }

    public async Task<MemberPage> PageAsync(CommunityId community, PlatformId? platform, string? after, int most, CancellationToken cancellationToken)
    {
        var (from, to) = Keys.MemberRange(platform);
        var rows = await tables.Members.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {Keys.MemberPartition(community)} and RowKey gt {after ?? from} and RowKey lt {to} and FirstSeen ge {DateTimeOffset.UnixEpoch}"),
                Math.Min(most + 1, 1_000),
                cancellationToken: cancellationToken)
            .Take(most + 1).ToListAsync(cancellationToken);
        return new MemberPage([.. rows.Take(most).Select(r => (r.RowKey, MemberRow.Read(r)!))], rows.Count > most);
    }

    public async Task<IReadOnlyList<Member>> SinceAsync(CommunityId community, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var rows = tables.Members.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Keys.MemberPartition(community)} and (LastSeen ge {since} or LastAnswered ge {since})"), cancellationToken: cancellationToken);
        return await rows.Select(MemberRow.Read).OfType<Member>().ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<string?>> NamesAsync(CommunityId community, IReadOnlyList<Member> members, CancellationToken cancellationToken)
    {
        var names = new List<string?>();
        foreach (var few in members.Chunk(NamesAtOnce))
            names.AddRange(await Task.WhenAll(few.Select(m => NameAsync(community, m, cancellationToken))));
        return names;
    }

    private async Task<string?> NameAsync(CommunityId community, Member member, CancellationToken cancellationToken)
    {
        if (member.Newest is not { } newest)
            return null;
        var row = await tables.Authors.GetEntityIfExistsAsync<TableEntity>(
            Keys.AuthorPartition(community, member.Author.Platform, member.Author.Id), Keys.AuthorRow(newest.FirstReceivedAt, newest.Key), ["AuthorName"], cancellationToken);
        return row.HasValue ? row.Value!.GetString("AuthorName") : null;
    }

    private static bool IsMark(string row) => string.CompareOrdinal(row, Keys.FirstAuthorMark) >= 0;

    private static WrittenComment ReadComment(TableEntity row) => new(
        new OutcomeId(row.Time("FirstReceivedAt"), row.CommentKey()),
        Enum.Parse<Decision>(row.Text("Decision")),
        Enum.Parse<Sentiment>(row.Text("Sentiment")),
        row.GetDouble("Anger") ?? 0,
        row.GetBoolean("Strike") is true,
        row.GetBoolean("Removed") is true,
        AuthorRow.Labels(row) ?? [],
        row.GetString("AuthorName"));
}
