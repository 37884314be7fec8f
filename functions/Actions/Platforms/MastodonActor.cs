using System.Globalization;
using System.Text.Json;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Actions.Platforms;

/// <summary>
/// Mastodon, as the owner of an account: nobody else's post can be hidden or deleted; its author can be muted or blocked. Token: a user's,
/// with <c>write:statuses write:mutes write:blocks</c>.
/// </summary>
public sealed class MastodonActor : IActor
{
    public PlatformId Platform { get; } = PlatformId.Parse("mastodon");

    public IReadOnlyList<Lever> Levers { get; } =
    [
        new(ActionKind.Reply, null, "POST /api/v1/statuses"),
        new(ActionKind.RestrictAuthor, ActionKind.UnrestrictAuthor, "POST /api/v1/accounts/{id}/mute"),
        new(ActionKind.UnrestrictAuthor, ActionKind.RestrictAuthor, "POST /api/v1/accounts/{id}/unmute"),
        new(ActionKind.BanAuthor, ActionKind.UnbanAuthor, "POST /api/v1/accounts/{id}/block"),
        new(ActionKind.UnbanAuthor, ActionKind.BanAuthor, "POST /api/v1/accounts/{id}/unblock"),
    ];

    /// <summary>By the idempotency key, which Mastodon keeps for an hour.</summary>
    public bool RepliesOnce => true;

    public async Task<string?> ActAsync(PlatformHttp http, Order order, CancellationToken cancellationToken)
    {
        var root = (order.Source.Address ?? throw new PlatformException(FailureKind.Refused, "the source has no address")).Below("api/v1");
        var request = order.Action.Kind switch
        {
            ActionKind.Reply => Asking.Json(HttpMethod.Post, root.Below("statuses"), new { status = order.Text, in_reply_to_id = order.Id }, order.Token),
            ActionKind.RestrictAuthor => Asking.To(HttpMethod.Post, root.Below($"accounts/{order.Author}/mute"), order.Token),
            ActionKind.UnrestrictAuthor => Asking.To(HttpMethod.Post, root.Below($"accounts/{order.Author}/unmute"), order.Token),
            ActionKind.BanAuthor => Asking.To(HttpMethod.Post, root.Below($"accounts/{order.Author}/block"), order.Token),
            _ => Asking.To(HttpMethod.Post, root.Below($"accounts/{order.Author}/unblock"), order.Token),
        };
        if (order.Action.Kind == ActionKind.Reply)
            request.Headers.Add("Idempotency-Key", $"{order.Id}-{order.Action.Id}");
        var answer = await http.SendAsync(request, Judge, cancellationToken);
        return order.Action.Kind == ActionKind.Reply ? answer.Body.Text("id") : null;
    }

    /// <summary>The limit ends at a time in ISO 8601.</summary>
    private static PlatformException? Judge(HttpResponseMessage response, JsonElement body)
    {
        if ((int)response.StatusCode != 429)
            return null;
        var wait = response.Headers.TryGetValues("X-RateLimit-Reset", out var values)
            && DateTimeOffset.TryParse(values.First(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at - response.Headers.Date : null;
        return new PlatformException(FailureKind.Later, "HTTP 429", wait > TimeSpan.Zero ? wait : null);
    }
}
