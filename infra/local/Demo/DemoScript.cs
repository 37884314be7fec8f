using System.Text.Json;

namespace Moderato.Local.Demo;

/// <summary>The play as written in <c>comments.json</c>: who says what, where, and what happens to it afterwards.</summary>
/// <param name="Page">The Facebook page of the shop; comments from its own id are the shop's.</param>
/// <param name="Comments">Every comment, in no particular order of time.</param>
/// <param name="Edits">Comments that their authors change later.</param>
/// <param name="Removals">Comments that their authors take away later.</param>
/// <param name="Duplicates">Ids of comments whose delivery is repeated, as platforms do.</param>
internal sealed record DemoScript(
    DemoAuthor Page,
    IReadOnlyList<DemoComment> Comments,
    IReadOnlyList<DemoEdit> Edits,
    IReadOnlyList<DemoRemoval> Removals,
    IReadOnlyList<string> Duplicates)
{
    /// <summary>Reads the script that is embedded in this program.</summary>
    public static DemoScript Load()
    {
        using var json = typeof(DemoScript).Assembly.GetManifestResourceStream("Moderato.Local.Demo.comments.json")
            ?? throw new InvalidOperationException("The demo's comments are not embedded in this build.");
        return JsonSerializer.Deserialize<DemoScript>(json, JsonSerializerOptions.Web)
            ?? throw new InvalidOperationException("The demo's comments are empty.");
    }

    /// <summary>How a comment should be judged once everything has happened: an edit counts more than what it replaced.</summary>
    public Expectation ExpectationOf(DemoComment comment) =>
        Edits.LastOrDefault(edit => edit.CommentId == comment.Id)?.Expect ?? comment.Expect;
}

/// <summary>
/// One comment. <see cref="Id"/> is unique within the script, <see cref="ParentId"/> names the comment answered, and
/// <see cref="AgeSeconds"/> says how long before sending it was written. Never sent: <see cref="Language"/> (<c>it</c> or <c>en</c>),
/// <see cref="Cause"/> (what several people are angry about together) and <see cref="Expect"/> (how a good community manager would
/// judge it).
/// </summary>
internal sealed record DemoComment(
    string Id,
    string Platform,
    string Channel,
    string ThreadId,
    string? ParentId,
    DemoAuthor Author,
    string Text,
    int AgeSeconds,
    string Language,
    string? Cause,
    Expectation Expect);

internal sealed record DemoAuthor(string Id, string Name);

internal sealed record DemoEdit(string CommentId, int AgeSeconds, string Text, Expectation Expect);

internal sealed record DemoRemoval(string CommentId, int AgeSeconds);

/// <param name="Sentiment"><c>negative</c>, <c>neutral</c> or <c>positive</c>.</param>
/// <param name="Kind"><c>question</c>, <c>praise</c>, <c>criticism</c>, <c>anger</c>, <c>insult</c>, <c>spam</c> or <c>other</c>.</param>
internal sealed record Expectation(string Sentiment, string Kind);
