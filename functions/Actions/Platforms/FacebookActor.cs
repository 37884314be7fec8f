using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Actions.Platforms;

/// <summary>Comments under a Facebook Page's posts. Token: the page's access token. The page is the source's account.</summary>
public sealed class FacebookActor : IActor
{
    public PlatformId Platform { get; } = PlatformId.Parse("facebook");

    public IReadOnlyList<Lever> Levers { get; } =
    [
        new(ActionKind.Hide, ActionKind.Unhide, "POST /{comment} is_hidden=true"),
        new(ActionKind.Unhide, ActionKind.Hide, "POST /{comment} is_hidden=false"),
        new(ActionKind.Delete, null, "DELETE /{comment}"),
        new(ActionKind.Reply, null, "POST /{comment}/comments"),
        new(ActionKind.BanAuthor, ActionKind.UnbanAuthor, "POST /{page}/blocked"),
        new(ActionKind.UnbanAuthor, ActionKind.BanAuthor, "DELETE /{page}/blocked"),
    ];

    /// <summary>Meta refuses the same answer twice in a row (error 506).</summary>
    public bool RepliesOnce => true;

    public async Task<string?> ActAsync(PlatformHttp http, Order order, CancellationToken cancellationToken)
    {
        var page = order.Source.Account ?? order.Comment.Channel;
        var answer = order.Action.Kind switch
        {
            ActionKind.Hide => await Graph.SendAsync(http, HttpMethod.Post, order, order.Id, cancellationToken, ("is_hidden", "true")),
            ActionKind.Unhide => await Graph.SendAsync(http, HttpMethod.Post, order, order.Id, cancellationToken, ("is_hidden", "false")),
            ActionKind.Delete => await Graph.SendAsync(http, HttpMethod.Delete, order, order.Id, cancellationToken),
            ActionKind.Reply => await Graph.SendAsync(http, HttpMethod.Post, order, $"{order.Id}/comments", cancellationToken, ("message", order.Text)),
            ActionKind.BanAuthor => await Graph.SendAsync(http, HttpMethod.Post, order, $"{page}/blocked", cancellationToken, ("user", order.Author)),
            _ => await Graph.SendAsync(http, HttpMethod.Delete, order, $"{page}/blocked?user={Uri.EscapeDataString(order.Author)}", cancellationToken),
        };
        return answer.Text("id");
    }
}
