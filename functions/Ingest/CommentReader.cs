using System.Text.Json;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Ingest;

/// <summary>
/// Reads one comment as the HTTP interface takes it. Fields: <c>platform</c>, <c>id</c> and <c>text</c> (unless <c>removed</c>) are
/// required; <c>textFormat</c> (<c>plain</c> or <c>html</c>), <c>channel</c>, <c>threadId</c>, <c>parentId</c>, <c>permalink</c>,
/// <c>author</c> {<c>id</c>, <c>name</c>}, <c>stars</c>, <c>createdAt</c>, <c>editedAt</c>, <c>removed</c> may be there. Unknown fields are
/// ignored.
/// </summary>
public sealed class CommentReader
{
    private readonly JsonElement _from;
    private readonly List<FieldError> _errors = [];

    private CommentReader(JsonElement from) => _from = from;

    /// <summary>
    /// The comment, or everything that is wrong with it. Error messages never repeat a value. The element comes from
    /// <see cref="JsonText.Parse"/>, so that each of its strings is text. Where it is known to be <paramref name="removed"/> it needs none.
    /// </summary>
    public static (Comment? Comment, IReadOnlyList<FieldError> Errors) Read(
        JsonElement element, CommunityId community, DateTimeOffset now, bool removed = false)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return (null, [new FieldError("", "A comment must be a JSON object.")]);

        var reader = new CommentReader(element);
        var comment = reader.Read(community, now, removed);
        return reader._errors.Count == 0 ? (comment, []) : (null, reader._errors);
    }

    private Comment Read(CommunityId community, DateTimeOffset now, bool isRemoved)
    {
        if (!PlatformId.TryParse(Text("platform", 32, required: true), out var platform) && !_errors.Exists(e => e.Field == "platform"))
            Refuse("platform", $"must have {PlatformId.Rule}");
        var id = Text("id", CommentLimits.Id, required: true);
        var removed = Flag("removed") || isRemoved;
        var comment = new Comment
        {
            Community = community,
            Key = new CommentKey(platform, id ?? ""),
            Channel = Text("channel", CommentLimits.Channel) ?? platform.ToString(),
            ThreadId = Text("threadId", CommentLimits.Id),
            ParentId = Text("parentId", CommentLimits.Id),
            Permalink = Link("permalink"),
            PostCreatedAt = Time("postCreatedAt", now),
            Author = ReadAuthor(),
            Text = removed ? "" : ReadText(),
            Stars = Stars(),
            CreatedAt = Time("createdAt", now),
            EditedAt = Time("editedAt", now),
            FirstReceivedAt = now,
            ReceivedAt = now,
        };
        return removed ? comment.AsTombstone() : comment;
    }

    private string ReadText()
    {
        var format = Text("textFormat", 16) ?? "plain";
        if (format is not ("plain" or "html"))
            Refuse("textFormat", "must be 'plain' or 'html'");

        // An empty text is a picture or a sticker; a missing one is a mistake.
        if (!_from.TryGetProperty("text", out var value) || value.ValueKind != JsonValueKind.String)
            return Refuse("text", "is required and must be a string");
        var text = value.GetString()!;
        if (text.Length > CommentLimits.Text)
            return Refuse("text", $"must have at most {CommentLimits.Text} characters");
        return format == "html" ? PlainText.FromHtml(text) : PlainText.Clean(text);
    }

    private Author? ReadAuthor()
    {
        if (!_from.TryGetProperty("author", out var author) || author.ValueKind == JsonValueKind.Null)
            return null;
        if (author.ValueKind != JsonValueKind.Object)
        {
            Refuse("author", "must be an object with 'id' and, if known, 'name'");
            return null;
        }
        var id = Text(author, "author.id", "id", CommentLimits.Id, required: true);
        var name = Text(author, "author.name", "name", CommentLimits.Name);
        return id is null ? null : new Author(id, name);
    }

    private int? Stars()
    {
        if (!_from.TryGetProperty("stars", out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var stars) && stars is >= 1 and <= 5)
            return stars;
        Refuse("stars", "must be a whole number from 1 to 5");
        return null;
    }

    private string? Link(string field)
    {
        var text = Text(field, CommentLimits.Permalink);
        if (text is null || WebAddress.IsValid(text))
            return text;
        Refuse(field, "must be an absolute http or https address");
        return null;
    }

    private DateTimeOffset? Time(string field, DateTimeOffset now)
    {
        if (!_from.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (PlatformTime.TryRead(value, out var time))
            return PlatformTime.IfPlausible(time, now);
        Refuse(field, "must be an ISO 8601 time with its offset, such as 2026-03-01T09:30:00Z, or a Unix time");
        return null;
    }

    private bool Flag(string field)
    {
        if (!_from.TryGetProperty(field, out var value) || value.ValueKind is JsonValueKind.False or JsonValueKind.Null)
            return false;
        if (value.ValueKind != JsonValueKind.True)
            Refuse(field, "must be true or false");
        return true;
    }

    private string? Text(string field, int longest, bool required = false) => Text(_from, field, field, longest, required);

    private string? Text(JsonElement from, string path, string field, int longest, bool required = false)
    {
        if (!from.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            if (required)
                Refuse(path, "is required");
            return null;
        }

        // Platforms disagree on whether ids are text; a number is taken digit by digit, so that none is rounded.
        string? text = null;
        if (value.ValueKind == JsonValueKind.Number)
            text = value.GetRawText();
        else if (value.ValueKind == JsonValueKind.String)
            text = value.GetString()!.Trim();
        if (text is null)
            Refuse(path, "must be a string");
        else if (text.Length > longest)
            Refuse(path, $"must have at most {longest} characters");
        else if (text.Length == 0 && required)
            Refuse(path, "must not be empty");
        return text is { Length: > 0 } && text.Length <= longest ? text : null;
    }

    private string Refuse(string field, string rule)
    {
        _errors.Add(new FieldError(field, $"'{field}' {rule}."));
        return "";
    }
}
