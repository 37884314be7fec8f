using System.Net.Http.Headers;
using System.Text;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Actions.Platforms;

/// <summary>
/// Trustpilot: a business can answer a review, once; a second answer takes the place of the first. It can neither hide nor delete one.
/// Token: <c>API key:secret</c> of the application. The address of the answer is unverified.
/// </summary>
public sealed class TrustpilotActor : IActor
{
    private static readonly Uri Default = new("https://api.trustpilot.com");

    public PlatformId Platform { get; } = PlatformId.Parse("trustpilot");

    public IReadOnlyList<Lever> Levers { get; } = [new(ActionKind.Reply, null, "POST /v1/private/reviews/{id}/reply")];

    public bool RepliesOnce => true;

    public async Task<string?> ActAsync(PlatformHttp http, Order order, CancellationToken cancellationToken)
    {
        var root = order.Source.Address ?? Default;
        var ask = Asking.Form(HttpMethod.Post, root.Below("v1/oauth/oauth-business-users-for-applications/accesstoken"), null, ("grant_type", "client_credentials"));
        ask.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(order.Token)));
        var token = (await http.SendAsync(ask, judge: null, cancellationToken)).Body.Text("access_token") ?? throw new PlatformException(FailureKind.Credential, "Trustpilot gives no token");
        await http.SendAsync(Asking.Json(HttpMethod.Post, root.Below($"v1/private/reviews/{order.Id}/reply"), new { message = order.Text }, token), judge: null, cancellationToken);
        return null;
    }
}
