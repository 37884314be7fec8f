using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Moderato.Actions.Webhooks;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Actions.Platforms;

/// <summary>
/// A site of one's own, which sends its comments by Standard Webhooks: it is asked the same way. Token: a secret, <c>whsec_…</c>; the
/// source's address is where it listens. Sent is <c>action.requested</c> with <c>actionId</c>, <c>kind</c>, <c>platform</c>, <c>commentId</c>,
/// <c>threadId</c>, <c>permalink</c>, <c>text</c> (of an answer) and <c>requestedBy</c> under <c>data</c>; <c>webhook-id</c> is the same on every
/// try. Expected: 2xx when it is done; 409, or 200 with <c>"already": true</c>, when it was; 404 or 410 when the comment is gone; 429 and
/// 5xx to be asked again. This contract is Moderato's own.
/// </summary>
public sealed class StandardActor : IActor
{
    public PlatformId Platform { get; } = PlatformId.Parse("standard");

    public IReadOnlyList<Lever> Levers { get; } =
    [
        new(ActionKind.Hide, ActionKind.Unhide, "action.requested hide"),
        new(ActionKind.Unhide, ActionKind.Hide, "action.requested unhide"),
        new(ActionKind.Hold, ActionKind.Approve, "action.requested hold"),
        new(ActionKind.Approve, ActionKind.Hold, "action.requested approve"),
        new(ActionKind.MarkSpam, ActionKind.UnmarkSpam, "action.requested markSpam"),
        new(ActionKind.UnmarkSpam, ActionKind.MarkSpam, "action.requested unmarkSpam"),
        new(ActionKind.Delete, ActionKind.Restore, "action.requested delete"),
        new(ActionKind.Restore, ActionKind.Delete, "action.requested restore"),
        new(ActionKind.Reply, null, "action.requested reply"),
        new(ActionKind.RestrictAuthor, ActionKind.UnrestrictAuthor, "action.requested restrictAuthor"),
        new(ActionKind.UnrestrictAuthor, ActionKind.RestrictAuthor, "action.requested unrestrictAuthor"),
        new(ActionKind.BanAuthor, ActionKind.UnbanAuthor, "action.requested banAuthor"),
        new(ActionKind.UnbanAuthor, ActionKind.BanAuthor, "action.requested unbanAuthor"),
    ];

    /// <summary>By <c>webhook-id</c>, which the site is to remember.</summary>
    public bool RepliesOnce => true;

    public async Task<string?> ActAsync(PlatformHttp http, Order order, CancellationToken cancellationToken)
    {
        const string prefix = "whsec_";
        var key = new byte[64];
        if (!order.Token.StartsWith(prefix, StringComparison.Ordinal) || !Convert.TryFromBase64String(order.Token[prefix.Length..], key, out var length))
            throw new PlatformException(FailureKind.Credential, "the token is not whsec_ and base64");

        var (action, comment) = (order.Action, order.Comment);
        var body = JsonSerializer.Serialize(new
        {
            type = "action.requested",
            timestamp = action.RequestedAt,
            data = new
            {
                actionId = action.Id,
                action.Kind,
                platform = comment.Key.Platform.ToString(),
                commentId = comment.Key.Id,
                comment.ThreadId,
                comment.Permalink,
                author = comment.Author?.Id,
                action.Text,
                action.RequestedBy,
            },
        }, Json.Options);
        var id = $"act_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{comment.Key.Platform}/{comment.Key.Id}/{action.Id}")).AsSpan(0, 16))}";
        var sent = http.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, order.Source.Address ?? throw new PlatformException(FailureKind.Refused, "the source has no address"))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", sent);
        request.Headers.Add("webhook-signature", WebhookSender.Sign(key[..length], id, sent, body));
        var answer = await http.SendAsync(request, Judge, cancellationToken);
        return answer.Body.Text("id");
    }

    private static PlatformException? Judge(HttpResponseMessage response, JsonElement body) =>
        (int)response.StatusCode == 409 || (response.IsSuccessStatusCode && body.IsTrue("already")) ? new PlatformException(FailureKind.AlreadyDone, "it is that way already") : null;
}
