using System.Text.Json;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Actions.Platforms;

/// <summary>
/// YouTube, as the channel's owner. Rejecting hides a comment, with its answers, and can be taken back. A ban can only be lifted in YouTube
/// Studio (unverified). Token: <c>client id|client secret|refresh token</c> of an OAuth 2.0 client with the scope
/// <c>youtube.force-ssl</c>. Every write costs 50 units of the day's quota.
/// </summary>
public sealed class YouTubeActor : IActor
{
    private static readonly Uri Default = new("https://www.googleapis.com");
    private static readonly Uri DefaultTokens = new("https://oauth2.googleapis.com");

    public PlatformId Platform { get; } = PlatformId.Parse("youtube");

    public IReadOnlyList<Lever> Levers { get; } =
    [
        new(ActionKind.Hide, ActionKind.Unhide, "comments/setModerationStatus rejected"),
        new(ActionKind.Unhide, ActionKind.Hide, "comments/setModerationStatus published"),
        new(ActionKind.Hold, ActionKind.Approve, "comments/setModerationStatus heldForReview"),
        new(ActionKind.Approve, ActionKind.Hold, "comments/setModerationStatus published"),
        new(ActionKind.Reply, null, "POST /comments"),
        new(ActionKind.BanAuthor, null, "comments/setModerationStatus rejected, banAuthor"),
    ];

    public async Task<string?> ActAsync(PlatformHttp http, Order order, CancellationToken cancellationToken)
    {
        if (order.Token.Split('|') is not [var client, var secret, var refresh])
            throw new PlatformException(FailureKind.Credential, "the token is not client id|client secret|refresh token");
        var tokens = await http.SendAsync(
            Asking.Form(HttpMethod.Post, (order.Source.Address ?? DefaultTokens).Below("token"), null,
                ("grant_type", "refresh_token"), ("client_id", client), ("client_secret", secret), ("refresh_token", refresh)),
            (response, _) => (int)response.StatusCode is 400 or 401 ? new PlatformException(FailureKind.Credential, "Google does not accept the refresh token") : null, cancellationToken);
        var token = tokens.Body.Text("access_token") ?? throw new PlatformException(FailureKind.Credential, "Google gives no token");

        var comments = (order.Source.Address ?? Default).Below("youtube/v3/comments");
        var status = order.Action.Kind switch { ActionKind.Hide => "rejected", ActionKind.Hold => "heldForReview", ActionKind.BanAuthor => "rejected&banAuthor=true", _ => "published" };
        var request = order.Action.Kind == ActionKind.Reply
            ? Asking.Json(HttpMethod.Post, new Uri($"{comments.AbsoluteUri}?part=snippet"), new { snippet = new { parentId = order.Comment.ParentId ?? order.Id, textOriginal = order.Text } }, token)
            : Asking.To(HttpMethod.Post, new Uri($"{comments.AbsoluteUri}/setModerationStatus?id={Uri.EscapeDataString(order.Id)}&moderationStatus={status}"), token);
        var answer = await http.SendAsync(request, Judge, cancellationToken);
        return answer.Body.Text("id");
    }

    /// <summary>YouTube says by a reason, not by the status, what is wrong.</summary>
    private static PlatformException? Judge(HttpResponseMessage response, JsonElement body) => body.Field("error").List("errors").FirstOrDefault().Text("reason") switch
    {
        "quotaExceeded" or "dailyLimitExceeded" => new PlatformException(FailureKind.Later, "the day's quota is spent", TimeSpan.FromHours(4)),
        "rateLimitExceeded" or "userRateLimitExceeded" or "processingFailure" => new PlatformException(FailureKind.Later, "YouTube asks to wait"),
        "authError" => new PlatformException(FailureKind.Credential, "YouTube does not accept the token"),
        "commentNotFound" or "parentCommentNotFound" or "commentThreadNotFound" or "videoNotFound" => new PlatformException(FailureKind.Gone, "there is no such comment"),
        _ => null,
    };
}
