using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Actions.Platforms;

/// <summary>
/// Messages to a page. Nobody else's message can be hidden or deleted there; the conversation can go to the spam folder, and the person
/// can be blocked. Answers only within 24 hours of the person's last message. Token: the page's access token.
/// </summary>
public sealed class MessengerActor : IActor
{
    public PlatformId Platform { get; } = PlatformId.Parse("messenger");

    public IReadOnlyList<Lever> Levers { get; } =
    [
        new(ActionKind.MarkSpam, null, "POST /{page}/moderate_conversations move_to_spam"),
        new(ActionKind.Reply, null, "POST /{page}/messages"),
        new(ActionKind.BanAuthor, ActionKind.UnbanAuthor, "POST /{page}/moderate_conversations block_user"),
        new(ActionKind.UnbanAuthor, ActionKind.BanAuthor, "POST /{page}/moderate_conversations unblock_user"),
    ];

    public async Task<string?> ActAsync(PlatformHttp http, Order order, CancellationToken cancellationToken)
    {
        var page = order.Source.Account ?? order.Comment.Channel;
        if (order.Action.Kind == ActionKind.Reply)
        {
            var sent = await Graph.SendJsonAsync(
                http, order, $"{page}/messages", new { recipient = new { id = order.Author }, messaging_type = "RESPONSE", message = new { text = order.Text } }, cancellationToken);
            return sent.Text("message_id");
        }

        var what = order.Action.Kind switch { ActionKind.MarkSpam => "move_to_spam", ActionKind.BanAuthor => "block_user", _ => "unblock_user" };
        var answer = await Graph.SendJsonAsync(
            http, order, $"{page}/moderate_conversations", new { user_ids = new[] { new { id = order.Author } }, actions = new[] { what } }, cancellationToken);
        if (answer.Text("success") == "false") // a text where success is meant, and a failure that calls itself a success
            throw new PlatformException(FailureKind.Refused, "Meta says that it did not work");
        return null;
    }
}
