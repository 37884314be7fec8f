using System.Globalization;
using System.Text.Json;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Actions.Platforms;

/// <summary>
/// X: replies in conversations that our account started can be hidden; nobody else's post can be deleted. Token: a user access token
/// (OAuth 2.0) of our account with <c>tweet.read tweet.write tweet.moderate.write users.read mute.write</c>. The source's account is our
/// user's id.
/// </summary>
public sealed class XActor : IActor
{
    private static readonly Uri Default = new("https://api.x.com");

    public PlatformId Platform { get; } = PlatformId.Parse("x");

    public IReadOnlyList<Lever> Levers { get; } =
    [
        new(ActionKind.Hide, ActionKind.Unhide, "PUT /2/tweets/{id}/hidden true"),
        new(ActionKind.Unhide, ActionKind.Hide, "PUT /2/tweets/{id}/hidden false"),
        new(ActionKind.Reply, null, "POST /2/tweets"),
        new(ActionKind.RestrictAuthor, ActionKind.UnrestrictAuthor, "POST /2/users/{us}/muting"),
        new(ActionKind.UnrestrictAuthor, ActionKind.RestrictAuthor, "DELETE /2/users/{us}/muting/{them}"),
    ];

    public async Task<string?> ActAsync(PlatformHttp http, Order order, CancellationToken cancellationToken)
    {
        var (root, us) = (order.Source.Address ?? Default, order.Source.Account ?? order.Comment.Channel);
        var request = order.Action.Kind switch
        {
            ActionKind.Hide => Asking.Json(HttpMethod.Put, root.Below($"2/tweets/{order.Id}/hidden"), new { hidden = true }, order.Token),
            ActionKind.Unhide => Asking.Json(HttpMethod.Put, root.Below($"2/tweets/{order.Id}/hidden"), new { hidden = false }, order.Token),
            ActionKind.Reply => Asking.Json(HttpMethod.Post, root.Below("2/tweets"), new { text = order.Text, reply = new { in_reply_to_tweet_id = order.Id } }, order.Token),
            ActionKind.RestrictAuthor => Asking.Json(HttpMethod.Post, root.Below($"2/users/{us}/muting"), new { target_user_id = order.Author }, order.Token),
            _ => Asking.To(HttpMethod.Delete, root.Below($"2/users/{us}/muting/{order.Author}"), order.Token),
        };
        var answer = await http.SendAsync(request, Judge, cancellationToken);
        return order.Action.Kind == ActionKind.Reply ? answer.Body.Field("data").Text("id") : null;
    }

    private static PlatformException? Judge(HttpResponseMessage response, JsonElement body)
    {
        if (response.StatusCode == System.Net.HttpStatusCode.TooManyRequests)
        {
            // In Unix seconds. Whether the clock here agrees matters little: too early is asked again.
            var resets = response.Headers.TryGetValues("x-rate-limit-reset", out var values)
                && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? DateTimeOffset.FromUnixTimeSeconds(at) : (DateTimeOffset?)null;
            var wait = resets - response.Headers.Date;
            return new PlatformException(FailureKind.Later, "HTTP 429", wait > TimeSpan.Zero ? wait : null);
        }
        return body.Text("type")?.EndsWith("/resource-not-found", StringComparison.Ordinal) is true ? new PlatformException(FailureKind.Gone, "there is no such post") : null;
    }
}
