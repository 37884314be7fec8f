using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Actions.Platforms;

/// <summary>
/// LinkedIn organization pages: nothing can be hidden there. Whether a page may delete members' comments by the API is unverified.
/// Token: a three-legged token of an administrator (60 days). The source's account is the organization's URN.
/// </summary>
public sealed class LinkedInActor : IActor
{
    private const string ApiVersion = "202607";
    private static readonly Uri Default = new("https://api.linkedin.com");

    public PlatformId Platform { get; } = PlatformId.Parse("linkedin");

    public IReadOnlyList<Lever> Levers { get; } =
    [
        new(ActionKind.Delete, null, "DELETE /rest/socialActions/{post}/comments/{id}"),
        new(ActionKind.Reply, null, "POST /rest/socialActions/{comment}/comments"),
    ];

    public async Task<string?> ActAsync(PlatformHttp http, Order order, CancellationToken cancellationToken)
    {
        var (root, us) = (order.Source.Address ?? Default, order.Source.Account ?? order.Comment.Channel);
        if (order.Id.TrimEnd(')').Split(',') is not [.. var start, var number] || start is not [var of])
            throw new PlatformException(FailureKind.Refused, "the comment's id is none of LinkedIn's");
        var post = of["urn:li:comment:(".Length..];
        var request = order.Action.Kind == ActionKind.Reply
            ? Asking.Json(
                HttpMethod.Post, root.Below($"rest/socialActions/{Uri.EscapeDataString(order.Id)}/comments"),
                new { actor = us, @object = post, parentComment = order.Id, message = new { text = order.Text } }, order.Token)
            : Asking.To(HttpMethod.Delete, root.Below($"rest/socialActions/{Uri.EscapeDataString(post)}/comments/{number}?actor={Uri.EscapeDataString(us)}"), order.Token);
        request.Headers.Add("Linkedin-Version", ApiVersion);
        request.Headers.Add("X-Restli-Protocol-Version", "2.0.0");
        var answer = await http.SendAsync(request, judge: null, cancellationToken);
        return answer.Headers.TryGetValues("x-restli-id", out var id) ? id.First() : null;
    }
}
