using Moderato.Comments;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Comments as rows of the table <c>comments</c>, and within those of <c>outcomes</c>. See README.md for every column.</summary>
internal static class CommentRow
{
    public static TableEntity Of(Comment comment) =>
        With(new TableEntity(Keys.CommentPartition(comment.Community, comment.Key), Keys.CommentRow(comment.Key)), comment);

    /// <summary>Puts a comment's columns into a row.</summary>
    public static TableEntity With(TableEntity row, Comment comment)
    {
        row["Community"] = comment.Community.ToString();
        row["Platform"] = comment.Key.Platform.ToString();
        row["Id"] = comment.Key.Id;
        row["Channel"] = comment.Channel;
        row["Text"] = comment.Text;
        row["Removed"] = comment.Removed;
        if (comment.TextExpired)
            row["TextExpired"] = true;
        row["Revision"] = comment.Revision;
        row["FirstReceivedAt"] = comment.FirstReceivedAt;
        row["ReceivedAt"] = comment.ReceivedAt;
        row.SetIfAny("Erasure", comment.Erasure);
        row.SetIfAny("Source", comment.Source);
        row.SetIfAny("ThreadId", comment.ThreadId);
        row.SetIfAny("ParentId", comment.ParentId);
        row.SetIfAny("Permalink", comment.Permalink);
        row.SetIfAny("PostCreatedAt", comment.PostCreatedAt);
        row.SetIfAny("AuthorId", comment.Author?.Id);
        row.SetIfAny("AuthorName", comment.Author?.Name);
        row.SetIfAny("Stars", comment.Stars);
        row.SetIfAny("CreatedAt", comment.CreatedAt);
        row.SetIfAny("EditedAt", comment.EditedAt);
        return row;
    }

    public static Comment Read(TableEntity row) => new()
    {
        Community = CommunityId.Parse(row.Text("Community")),
        Key = row.CommentKey(),
        Source = row.GetString("Source"),
        Channel = row.Text("Channel"),
        ThreadId = row.GetString("ThreadId"),
        ParentId = row.GetString("ParentId"),
        Permalink = row.GetString("Permalink"),
        PostCreatedAt = row.GetDateTimeOffset("PostCreatedAt"),
        Author = row.Author(),
        Text = row.Text("Text"),
        Stars = row.GetInt32("Stars"),
        Removed = row.GetBoolean("Removed") is true,
        TextExpired = row.GetBoolean("TextExpired") is true,
        Erasure = row.GetString("Erasure"),
        Revision = row.GetInt32("Revision") ?? 1,
        CreatedAt = row.GetDateTimeOffset("CreatedAt"),
        EditedAt = row.GetDateTimeOffset("EditedAt"),
        FirstReceivedAt = row.Time("FirstReceivedAt"),
        ReceivedAt = row.Time("ReceivedAt"),
    };

    /// <summary>The note that this revision was received.</summary>
    public static TableEntity Receipt(Comment comment) =>
        new(Keys.CommentPartition(comment.Community, comment.Key), Keys.ReceiptRow(comment.Key, comment.Revision, comment.ReceivedAt))
        {
            ["Platform"] = comment.Key.Platform.ToString(),
            ["Id"] = comment.Key.Id,
            ["Revision"] = comment.Revision,
            ["FirstReceivedAt"] = comment.FirstReceivedAt,
            ["ReceivedAt"] = comment.ReceivedAt,
        };

    /// <summary>The note that an event was taken in.</summary>
    public static TableEntity Event(Comment comment, string eventId) =>
        new(Keys.CommentPartition(comment.Community, comment.Key), Keys.EventRow(comment.Key, eventId)) { ["ReceivedAt"] = comment.ReceivedAt };

    public static ReceiptNote ReadReceipt(TableEntity row) =>
        new(row.CommentKey(), row.GetInt32("Revision") ?? 1, row.Time("FirstReceivedAt"), row.Time("ReceivedAt"));
}
