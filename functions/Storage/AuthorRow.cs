using System.Text.Json;
using Moderato.Comments;
using Moderato.Policy;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Rows of the table <c>authors</c>: the outcome of each comment of theirs, and their profile. See README.md for every column.</summary>
internal static class AuthorRow
{
    public static TableEntity Of(Outcome outcome)
    {
        var comment = outcome.Comment;
        var row = OutcomeRow.With(
            new TableEntity(Keys.AuthorPartition(comment.Community, comment.Key.Platform, comment.Author!.Id), Keys.AuthorRow(comment.FirstReceivedAt, comment.Key)), outcome);
        if (outcome.Strike)
            row["Strike"] = true;
        if (outcome.Verdict!.Labels.Concat(outcome.Ruling?.Labels ?? []).ToList() is { Count: > 0 } labels)
            row["Labels"] = JsonSerializer.Serialize(labels, StoredJson.Options);
        return row;
    }

    /// <summary>What goes, beside the text, when a comment was removed.</summary>
    public static readonly string[] Words = ["AuthorName", "Permalink", "ReplyText"];

    /// <summary>What <see cref="Read"/> and <see cref="ReadProfile"/> need.</summary>
    public static readonly string[] Past = ["RowKey", "ReceivedAt", "Decision", "Sentiment", "Strike", "Labels", "Trusted", "Team"];

    public static PastComment Read(TableEntity row) => new(
        row.Time("ReceivedAt"), Enum.Parse<Decision>(row.Text("Decision")), Enum.Parse<Sentiment>(row.Text("Sentiment")),
        row.GetBoolean("Strike") is true, Labels(row));

    public static TableEntity OfProfile(string partition, AuthorProfile profile) => new(partition, Keys.ProfileRow)
    {
        ["Trusted"] = profile.Trusted,
        ["Team"] = profile.Team,
        ["Labels"] = JsonSerializer.Serialize(profile.Labels, StoredJson.Options),
    };

    public static AuthorProfile ReadProfile(TableEntity row) => new(row.GetBoolean("Trusted") is true, row.GetBoolean("Team") is true, Labels(row) ?? []);

    public static IReadOnlyList<AuthorLabel>? Labels(TableEntity row, string column = "Labels") =>
        row.GetString(column) is { } labels ? JsonSerializer.Deserialize<IReadOnlyList<AuthorLabel>>(labels, StoredJson.Options) : null;
}
