using System.Globalization;
using System.Text.Json;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Actions.Platforms;

/// <summary>
/// Discourse forums. Token: an API key of a moderator, whose name is the source's account. A post is hidden by flagging it as
/// inappropriate and acting on the flag at once (the flag's number and <c>take_action</c> are unverified, as is the path of recovery).
/// </summary>
public sealed class DiscourseActor : IActor
{
    private const int Inappropriate = 4;
    private const int Spam = 8;
    private static readonly TimeSpan Silence = TimeSpan.FromDays(7);
    private static readonly TimeSpan Suspension = TimeSpan.FromDays(3650);

    public PlatformId Platform { get; } = PlatformId.Parse("discourse");

    public IReadOnlyList<Lever> Levers { get; } =
    [
        new(ActionKind.Hide, ActionKind.Unhide, "POST /post_actions.json, inappropriate, take_action"),
        new(ActionKind.Unhide, ActionKind.Hide, "PUT /posts/{id}/unhide.json"),
        new(ActionKind.MarkSpam, ActionKind.UnmarkSpam, "POST /post_actions.json, spam, take_action"),
        new(ActionKind.UnmarkSpam, ActionKind.MarkSpam, "PUT /posts/{id}/unhide.json"),
        new(ActionKind.Delete, ActionKind.Restore, "DELETE /posts/{id}.json"),
        new(ActionKind.Restore, ActionKind.Delete, "PUT /posts/{id}/recover.json"),
        new(ActionKind.Reply, null, "POST /posts.json"),
        new(ActionKind.RestrictAuthor, ActionKind.UnrestrictAuthor, "PUT /admin/users/{id}/silence.json, seven days"),
        new(ActionKind.UnrestrictAuthor, ActionKind.RestrictAuthor, "PUT /admin/users/{id}/unsilence.json"),
        new(ActionKind.BanAuthor, ActionKind.UnbanAuthor, "PUT /admin/users/{id}/suspend.json, ten years"),
        new(ActionKind.UnbanAuthor, ActionKind.BanAuthor, "PUT /admin/users/{id}/unsuspend.json"),
    ];

    public async Task<string?> ActAsync(PlatformHttp http, Order order, CancellationToken cancellationToken)
    {
        var until = (TimeSpan span) => (order.Action.RequestedAt + span).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var (method, path, body) = order.Action.Kind switch
        {
            ActionKind.Hide => (HttpMethod.Post, "post_actions.json", (object?)new { id = order.Id, post_action_type_id = Inappropriate, take_action = true }),
            ActionKind.MarkSpam => (HttpMethod.Post, "post_actions.json", new { id = order.Id, post_action_type_id = Spam, take_action = true }),
            ActionKind.Unhide or ActionKind.UnmarkSpam => (HttpMethod.Put, $"posts/{order.Id}/unhide.json", null),
            ActionKind.Delete => (HttpMethod.Delete, $"posts/{order.Id}.json", null),
            ActionKind.Restore => (HttpMethod.Put, $"posts/{order.Id}/recover.json", null),
            ActionKind.Reply => (HttpMethod.Post, "posts.json", new { raw = order.Text, topic_id = order.Source.PlatformsId(order.Comment.ThreadId ?? ""), reply_to_post_number = NumberOf(order.Comment) }),
            ActionKind.RestrictAuthor => (HttpMethod.Put, $"admin/users/{order.Author}/silence.json", new { silenced_till = until(Silence), reason = Reason }),
            ActionKind.UnrestrictAuthor => (HttpMethod.Put, $"admin/users/{order.Author}/unsilence.json", null),
            ActionKind.BanAuthor => (HttpMethod.Put, $"admin/users/{order.Author}/suspend.json", new { suspend_until = until(Suspension), reason = Reason }),
            _ => (HttpMethod.Put, $"admin/users/{order.Author}/unsuspend.json", null),
        };
        var root = order.Source.Address ?? throw new PlatformException(FailureKind.Refused, "the source has no address");
        var request = body is null ? Asking.To(method, root.Below(path)) : Asking.Json(method, root.Below(path), body);
        request.Headers.Add("Api-Key", order.Token);
        request.Headers.Add("Api-Username", order.Source.Account ?? "system");
        var answer = await http.SendAsync(request, Judge, cancellationToken);
        return order.Action.Kind == ActionKind.Reply ? answer.Body.Text("id") : null;
    }

    private const string Reason = "Moderato";

    /// <summary>The post's number in its topic is the end of its address.</summary>
    private static string? NumberOf(Comment comment) => comment.Permalink?.Split('/') is [.., var last] && last.All(char.IsAsciiDigit) ? last : null;

    private static PlatformException? Judge(HttpResponseMessage response, JsonElement body) => (int)response.StatusCode switch
    {
        429 when int.TryParse(body.Field("extras").Text("wait_seconds"), CultureInfo.InvariantCulture, out var seconds) => new PlatformException(FailureKind.Later, "HTTP 429", TimeSpan.FromSeconds(seconds)),
        // Flagging what is flagged, hiding what is hidden.
        422 when response.RequestMessage?.RequestUri?.AbsolutePath.Contains("post_actions", StringComparison.Ordinal) is true => new PlatformException(FailureKind.AlreadyDone, "flagged already"),
        _ => null,
    };
}
