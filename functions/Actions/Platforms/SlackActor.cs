using System.Text.Json;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Actions.Platforms;

/// <summary>
/// Slack. Nothing can be hidden there; others' messages are deleted with an administrator's user token only (which plans allow it is
/// unverified). Token: <c>xoxb-…</c> for answers, <c>xoxp-…</c> of an administrator for deleting too.
/// </summary>
public sealed class SlackActor : IActor
{
    private static readonly Uri Default = new("https://slack.com");

    public PlatformId Platform { get; } = PlatformId.Parse("slack");

    public IReadOnlyList<Lever> Levers { get; } =
    [
        new(ActionKind.Delete, null, "chat.delete"),
        new(ActionKind.Reply, null, "chat.postMessage in the thread"),
    ];

    public async Task<string?> ActAsync(PlatformHttp http, Order order, CancellationToken cancellationToken)
    {
        if (order.Id.Split('/') is not [var channel, var number])
            throw new PlatformException(FailureKind.Refused, "the comment's id is none of Slack's");
        var thread = order.Comment.ThreadId?.Split('/') is [_, var start] ? start : number;
        var (method, body) = order.Action.Kind == ActionKind.Reply
            ? ("chat.postMessage", (object)new { channel, text = order.Text, thread_ts = thread })
            : ("chat.delete", new { channel, ts = number });
        var answer = await http.SendAsync(
            Asking.Json(HttpMethod.Post, (order.Source.Address ?? Default).Below($"api/{method}"), body, order.Token), (response, answered) => Judge(http, response, answered), cancellationToken);
        return order.Action.Kind == ActionKind.Reply ? answer.Body.Text("ts") : null;
    }

    /// <summary>Slack answers 200 and says in a word what is wrong.</summary>
    private static PlatformException? Judge(PlatformHttp http, HttpResponseMessage response, JsonElement body)
    {
        if (!response.IsSuccessStatusCode || body.IsTrue("ok"))
            return null;
        var word = body.Text("error") is { Length: < 60 } error && error.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? error : "unknown";
        var kind = word switch
        {
            "ratelimited" or "rate_limited" or "fatal_error" or "internal_error" or "request_timeout" => FailureKind.Later,
            "message_not_found" or "channel_not_found" or "thread_not_found" => FailureKind.Gone,
            "invalid_auth" or "token_revoked" or "account_inactive" or "not_authed" or "token_expired" => FailureKind.Credential,
            _ => FailureKind.Refused,
        };
        return new PlatformException(kind, $"Slack says {word}", http.WaitOf(response));
    }
}
