using System.Text.Json;
using Moderato.Comments;
using Moderato.Policy;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Rows of the table <c>authors</c>: a comment of theirs each, and their profile. See README.md for every column.</summary>
internal static class AuthorRow
{
    public static TableEntity Of(Outcome outcome)
    {
        var (comment, verdict) = (outcome.Comment, outcome.Verdict!);
        var row = new TableEntity(
            Keys.AuthorPartition(comment.Community, comment.Key.Platform, comment.Author!.Id), Keys.AuthorRow(comment.FirstReceivedAt, comment.Key))
        {
            ["ReceivedAt"] = comment.ReceivedAt,
            ["Decision"] = verdict.Decision.ToString(),
            ["Sentiment"] = outcome.Signals!.Sentiment.ToString(),
            ["Revision"] = comment.Revision,
        };
        if (verdict.Strike)
            row["Strike"] = true;
        if (verdict.Labels.Count > 0)
            row["Labels"] = JsonSerializer.Serialize(verdict.Labels, StoredJson.Options);
        return row;
    }

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

    private static IReadOnlyList<AuthorLabel>? Labels(TableEntity row) =>
        row.GetString("Labels") is { } labels ? JsonSerializer.Deserialize<IReadOnlyList<AuthorLabel>>(labels, StoredJson.Options) : null;
}
