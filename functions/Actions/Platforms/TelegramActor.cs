using System.Globalization;
using System.Text.Json;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Actions.Platforms;

/// <summary>
/// Telegram, by a bot that is an administrator of the group. Nothing can be hidden there; what is deleted is gone, and only within 48
/// hours. Token: the bot's. It stands in the address, as Telegram wants it: no address of ours is ever logged.
/// </summary>
public sealed class TelegramActor : IActor
{
    private const int RestrictedForSeconds = 7 * 24 * 3600;
    private static readonly Uri Default = new("https://api.telegram.org");

    public PlatformId Platform { get; } = PlatformId.Parse("telegram");

    public IReadOnlyList<Lever> Levers { get; } =
    [
        new(ActionKind.Delete, null, "deleteMessage"),
        new(ActionKind.Reply, null, "sendMessage"),
        new(ActionKind.RestrictAuthor, ActionKind.UnrestrictAuthor, "restrictChatMember, seven days"),
        new(ActionKind.UnrestrictAuthor, ActionKind.RestrictAuthor, "restrictChatMember, everything allowed"),
        new(ActionKind.BanAuthor, ActionKind.UnbanAuthor, "banChatMember; all the person's messages go, and do not come back"),
        new(ActionKind.UnbanAuthor, ActionKind.BanAuthor, "unbanChatMember only_if_banned"),
    ];

    public async Task<string?> ActAsync(PlatformHttp http, Order order, CancellationToken cancellationToken)
    {
        if (order.Id.Split('/') is not [var chat, var message])
            throw new PlatformException(FailureKind.Refused, "the comment's id is none of Telegram's");
        var (method, body) = order.Action.Kind switch
        {
            ActionKind.Delete => ("deleteMessage", (object)new { chat_id = chat, message_id = message }),
            ActionKind.Reply => ("sendMessage", new { chat_id = chat, text = order.Text, reply_parameters = new { message_id = long.Parse(message, CultureInfo.InvariantCulture) } }),
            ActionKind.RestrictAuthor => ("restrictChatMember", new
            {
                chat_id = chat,
                user_id = order.Author,
                permissions = new { can_send_messages = false },
                until_date = order.Action.RequestedAt.ToUnixTimeSeconds() + RestrictedForSeconds,
            }),
            ActionKind.UnrestrictAuthor => ("restrictChatMember", new { chat_id = chat, user_id = order.Author, permissions = Everything }),
            ActionKind.BanAuthor => ("banChatMember", new { chat_id = chat, user_id = order.Author }),
            _ => ("unbanChatMember", new { chat_id = chat, user_id = order.Author, only_if_banned = true }),
        };
        var answer = await http.SendAsync(Asking.Json(HttpMethod.Post, (order.Source.Address ?? Default).Below($"bot{order.Token}/{method}"), body), Judge, cancellationToken);
        return order.Action.Kind == ActionKind.Reply ? answer.Body.Field("result").Text("message_id") : null;
    }

    private static readonly object Everything = new
    {
        can_send_messages = true,
        can_send_audios = true,
        can_send_documents = true,
        can_send_photos = true,
        can_send_videos = true,
        can_send_video_notes = true,
        can_send_voice_notes = true,
        can_send_polls = true,
        can_send_other_messages = true,
        can_add_web_page_previews = true,
        can_invite_users = true,
    };

    /// <summary>Telegram says in words what is wrong.</summary>
    private static PlatformException? Judge(HttpResponseMessage response, JsonElement body)
    {
        var words = body.Text("description") ?? "";
        if (int.TryParse(body.Field("parameters").Text("retry_after"), CultureInfo.InvariantCulture, out var seconds))
            return new PlatformException(FailureKind.Later, "HTTP 429", TimeSpan.FromSeconds(seconds));
        return words.Contains("not found", StringComparison.OrdinalIgnoreCase) && words.Contains("message", StringComparison.OrdinalIgnoreCase) ? new PlatformException(FailureKind.Gone, "there is no such message")
            : words.Contains("not modified", StringComparison.OrdinalIgnoreCase) ? new PlatformException(FailureKind.AlreadyDone, "nothing to change")
            : null;
    }
}
