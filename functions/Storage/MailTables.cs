using Azure.Storage.Queues;
using Moderato.Comments;
using Moderato.Mail;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Mails, and what is known of the addresses that they go to, in the table <c>mails</c>: one partition a community.</summary>
public sealed class MailTables(TableSet tables, StorageConnection connection) : IMailStore
{
    private readonly QueueClient _queue = connection.Queues.GetQueueClient(QueueNames.Mails);

    public Task EnqueueAsync(MailTurn turn, TimeSpan delay, CancellationToken cancellationToken) => _queue.KeepAsync(turn.ToMessage(), delay, cancellationToken);

    public Task<bool> AddAsync(PostedMail mail, CancellationToken cancellationToken) => tables.Mails.TryAddAsync([RowOf(mail)], cancellationToken);

    public async Task<StandingMail?> FindAsync(CommunityId community, string id, CancellationToken cancellationToken) =>
        await tables.Mails.FindAsync(Keys.MailPartition(community), Keys.MailRow(id), cancellationToken) is { } row ? new StandingMail(Read(row), row.ETag.ToString()) : null;

    public Task<bool> ReplaceAsync(StandingMail standing, PostedMail next, CancellationToken cancellationToken) =>
        tables.Mails.TryReplaceAsync(RowOf(next), standing.Tag, cancellationToken);

    public async Task<IReadOnlyList<PostedMail>> ReadAsync(CommunityId community, MailState? state, CancellationToken cancellationToken)
    {
        var (partition, (from, to)) = (Keys.MailPartition(community), Keys.MailRange);
        var filter = state is { } wanted
            ? TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to} and State eq {wanted.ToString()}")
            : TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}");
        return await tables.Mails.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).Select(Read).ToListAsync(cancellationToken);
    }

    public async Task ForgetAsync(CommunityId community, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var (partition, (from, to)) = (Keys.MailPartition(community), Keys.MailRange);
        var old = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to} and PostedAt lt {before}");
        await foreach (var page in tables.Mails.QueryAsync<TableEntity>(old, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken).AsPages())
            await tables.Mails.DeleteTogetherAsync(page.Values, cancellationToken);
    }

    public async Task<AddressNotes> AboutAsync(CommunityId community, string address, CancellationToken cancellationToken)
    {
        var (partition, (from, to)) = (Keys.MailPartition(community), Keys.AddressRange(address));
        var (unsubscribed, bounce) = (new List<string>(), (Bounce?)null);
        await foreach (var row in tables.Mails.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}"), cancellationToken: cancellationToken))
        {
            if (row.GetString("Edition") is { } edition)
                unsubscribed.Add(edition);
            else
                bounce = new Bounce(row.Time("At"), row.Text("Reason"));
        }
        return new AddressNotes(unsubscribed, bounce);
    }

    public Task SubscribeAsync(CommunityId community, string address, string edition, bool wanted, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (partition, row) = (Keys.MailPartition(community), Keys.UnsubscribedRow(address, edition));
        return wanted
            ? tables.Mails.DeleteEntityAsync(partition, row, cancellationToken: cancellationToken)
            : tables.Mails.UpsertEntityAsync(new TableEntity(partition, row) { ["Address"] = address, ["Edition"] = edition, ["At"] = at }, TableUpdateMode.Replace, cancellationToken);
    }

    public Task NoteBounceAsync(CommunityId community, string address, Bounce? bounce, CancellationToken cancellationToken)
    {
        var (partition, row) = (Keys.MailPartition(community), Keys.BouncedRow(address));
        return bounce is null
            ? tables.Mails.DeleteEntityAsync(partition, row, cancellationToken: cancellationToken)
            : tables.Mails.UpsertEntityAsync(
                new TableEntity(partition, row) { ["Address"] = address, ["At"] = bounce.At, ["Reason"] = bounce.Reason }, TableUpdateMode.Replace, cancellationToken);
    }

    private static TableEntity RowOf(PostedMail mail)
    {
        var of = mail.Request;
        var row = new TableEntity(Keys.MailPartition(of.Community), Keys.MailRow(mail.Id))
        {
            ["Id"] = mail.Id,
            ["Community"] = of.Community.ToString(),
            ["Kind"] = of.Kind,
            ["Of"] = of.Of,
            ["Edition"] = of.Edition,
            ["Address"] = of.Address,
            ["Language"] = of.Language,
            ["PostedAt"] = mail.PostedAt,
            ["State"] = mail.State.ToString(),
            ["Attempts"] = mail.Attempts,
        };
        row.SetIfAny("LastResult", mail.LastResult);
        row.SetIfAny("LastTriedAt", mail.LastTriedAt);
        row.SetIfAny("NextAt", mail.NextAt);
        row.SetIfAny("BusyUntil", mail.BusyUntil);
        return row;
    }

    private static PostedMail Read(TableEntity row) => new(
        row.Text("Id"),
        new MailRequest(CommunityId.Parse(row.Text("Community")), row.Text("Kind"), row.Text("Of"), row.Text("Edition"), row.Text("Address"), row.Text("Language")),
        row.Time("PostedAt"))
    {
        State = Enum.Parse<MailState>(row.Text("State")),
        Attempts = row.GetInt32("Attempts") ?? 0,
        LastResult = row.GetString("LastResult"),
        LastTriedAt = row.GetDateTimeOffset("LastTriedAt"),
        NextAt = row.GetDateTimeOffset("NextAt"),
        BusyUntil = row.GetDateTimeOffset("BusyUntil"),
    };
}
