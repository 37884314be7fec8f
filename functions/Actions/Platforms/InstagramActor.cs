using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Actions.Platforms;

/// <summary>
/// Comments under an Instagram account's media. Token: the page's token, or, with the source's address https://graph.instagram.com, the
/// Instagram user's.
/// </summary>
public sealed class InstagramActor : IActor
{
    public PlatformId Platform { get; } = PlatformId.Parse("instagram");

    public IReadOnlyList<Lever> Levers { get; } =
    [
        new(ActionKind.Hide, ActionKind.Unhide, "POST /{comment} hide=true"),
        new(ActionKind.Unhide, ActionKind.Hide, "POST /{comment} hide=false"),
        new(ActionKind.Delete, null, "DELETE /{comment}"),
        new(ActionKind.Reply, null, "POST /{comment}/replies"),
    ];

    /// <inheritdoc cref="FacebookActor.RepliesOnce"/>
    public bool RepliesOnce => true;

    public async Task<string?> ActAsync(PlatformHttp http, Order order, CancellationToken cancellationToken)
    {
        var answer = order.Action.Kind switch
        {
            ActionKind.Hide => await Graph.SendAsync(http, HttpMethod.Post, order, order.Id, cancellationToken, ("hide", "true")),
            ActionKind.Unhide => await Graph.SendAsync(http, HttpMethod.Post, order, order.Id, cancellationToken, ("hide", "false")),
            ActionKind.Delete => await Graph.SendAsync(http, HttpMethod.Delete, order, order.Id, cancellationToken),
            _ => await Graph.SendAsync(http, HttpMethod.Post, order, $"{order.Id}/replies", cancellationToken, ("message", order.Text)),
        };
        return answer.Text("id");
    }
}
