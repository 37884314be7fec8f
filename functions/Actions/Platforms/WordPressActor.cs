using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Actions.Platforms;

/// <summary>
/// WordPress, by its REST API. Token: <c>user:application password</c> of somebody who may moderate comments. Deleting moves to the trash, so
/// that it can be taken back.
/// </summary>
public sealed class WordPressActor : IActor
{
    public PlatformId Platform { get; } = PlatformId.Parse("wordpress");

    internal static readonly IReadOnlyList<Lever> Statuses =
    [
        new(ActionKind.Hold, ActionKind.Approve, "status=hold"),
        new(ActionKind.Hide, ActionKind.Unhide, "status=hold"),
        new(ActionKind.Approve, ActionKind.Hold, "status=approved"),
        new(ActionKind.Unhide, ActionKind.Hide, "status=approved"),
        new(ActionKind.MarkSpam, ActionKind.UnmarkSpam, "status=spam"),
        new(ActionKind.UnmarkSpam, ActionKind.MarkSpam, "status=unspam"),
        new(ActionKind.Delete, ActionKind.Restore, "status=trash"),
        new(ActionKind.Restore, ActionKind.Delete, "status=untrash"),
    ];

    public IReadOnlyList<Lever> Levers { get; } = [.. Statuses, new(ActionKind.Reply, null, "POST /wp/v2/comments")];

    /// <summary>WordPress refuses the same comment twice (409).</summary>
    public bool RepliesOnce => true;

    public async Task<string?> ActAsync(PlatformHttp http, Order order, CancellationToken cancellationToken)
    {
        if (order.Action.Kind == ActionKind.Reply)
            return await ReplyAsync(http, order, cancellationToken);

        // WordPress answers 500 to a status that does not change, so it is asked first.
        var comment = Below(order, $"wp/v2/comments/{order.Id}");
        var now = await http.SendAsync(Authorize(Asking.To(HttpMethod.Get, new Uri($"{comment.AbsoluteUri}?context=edit")), order), Judge, cancellationToken);
        await SetStatusAsync(http, order, HttpMethod.Post, comment, now.Body.Text("status"), cancellationToken);
        return null;
    }

    internal static async Task SetStatusAsync(PlatformHttp http, Order order, HttpMethod method, Uri comment, string? now, CancellationToken cancellationToken)
    {
        var (status, asRead) = order.Action.Kind switch
        {
            ActionKind.Hold or ActionKind.Hide => ("hold", "hold"),
            ActionKind.Approve or ActionKind.Unhide => ("approved", "approved"),
            ActionKind.MarkSpam => ("spam", "spam"),
            ActionKind.Delete => ("trash", "trash"),
            ActionKind.UnmarkSpam => ("unspam", now == "spam" ? "" : now),
            _ => ("untrash", now == "trash" ? "" : now),
        };
        if (now == asRead)
            throw new PlatformException(FailureKind.AlreadyDone, "it has that status");
        await http.SendAsync(Authorize(Asking.Json(method, comment, new { status }), order), Judge, cancellationToken);
    }

    /// <summary>As the user who may moderate, under the comment.</summary>
    internal static async Task<string?> ReplyAsync(PlatformHttp http, Order order, CancellationToken cancellationToken)
    {
        var post = order.Comment.ThreadId is { } thread ? order.Source.PlatformsId(thread) : throw new PlatformException(FailureKind.Refused, "the post is not known");
        var body = new
        {
            post = int.Parse(post, CultureInfo.InvariantCulture),
            parent = int.Parse(order.Id, CultureInfo.InvariantCulture),
            content = order.Text,
        };
        return (await http.SendAsync(Authorize(Asking.Json(HttpMethod.Post, Below(order, "wp/v2/comments"), body), order), Judge, cancellationToken)).Body.Text("id");
    }

    internal static Uri Below(Order order, string path) =>
        (order.Source.Address ?? throw new PlatformException(FailureKind.Refused, "the source has no address")).Below($"wp-json/{path}");

    internal static HttpRequestMessage Authorize(HttpRequestMessage request, Order order)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(order.Token)));
        return request;
    }

    internal static PlatformException? Judge(HttpResponseMessage response, JsonElement body) => body.Text("code") switch
    {
        "rest_already_trashed" or "comment_duplicate" => new PlatformException(FailureKind.AlreadyDone, "it is that way already"),
        "rest_comment_invalid_id" or "woocommerce_rest_review_invalid_id" => new PlatformException(FailureKind.Gone, "there is no such comment"),
        _ => null,
    };
}
