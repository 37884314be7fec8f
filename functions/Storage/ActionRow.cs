using Moderato.Comments;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Actions as rows of the table <c>actions</c>. See README.md for every column.</summary>
internal static class ActionRow
{
    /// <summary>Everything that was to be done about a comment, oldest first.</summary>
    public static async Task<IReadOnlyList<PlatformAction>> ActionsOfAsync(this TableSet tables, CommunityId community, CommentKey key, CancellationToken cancellationToken) =>
        await tables.Actions.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Keys.ActionPartition(community, key)}"), cancellationToken: cancellationToken)
            .Select(Read).OrderBy(a => a.RequestedAt).ToListAsync(cancellationToken);

    public static TableEntity Of(PlatformAction action)
    {
        var row = new TableEntity(Keys.ActionPartition(action.Community, action.Key), Keys.ActionRow(action.Id))
        {
            ["Id"] = action.Id,
            ["Community"] = action.Community.ToString(),
            ["Platform"] = action.Key.Platform.ToString(),
            ["CommentId"] = action.Key.Id,
            ["Kind"] = action.Kind.ToString(),
            ["Revision"] = action.Revision,
            ["RequestedBy"] = action.RequestedBy,
            ["RequestedAt"] = action.RequestedAt,
            ["State"] = action.State.ToString(),
            ["Attempts"] = action.Attempts,
        };
        row.SetIfAny("Text", action.Text);
        row.SetIfAny("Undoes", action.Undoes);
        row.SetIfAny("Reason", action.Reason);
        row.SetIfAny("FinishedAt", action.FinishedAt);
        row.SetIfAny("ExternalId", action.ExternalId);
        return row;
    }

    public static PlatformAction Read(TableEntity row) => new()
    {
        Id = row.Text("Id"),
        Community = CommunityId.Parse(row.Text("Community")),
        Key = new CommentKey(PlatformId.Parse(row.Text("Platform")), row.Text("CommentId")),
        Kind = Enum.Parse<ActionKind>(row.Text("Kind")),
        Revision = row.GetInt32("Revision") ?? 1,
        RequestedBy = row.Text("RequestedBy"),
        RequestedAt = row.Time("RequestedAt"),
        State = Enum.Parse<ActionState>(row.Text("State")),
        Attempts = row.GetInt32("Attempts") ?? 0,
        Text = row.GetString("Text"),
        Undoes = row.GetString("Undoes"),
        Reason = row.GetString("Reason"),
        FinishedAt = row.GetDateTimeOffset("FinishedAt"),
        ExternalId = row.GetString("ExternalId"),
    };
}
