using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Actions.Platforms;

/// <summary>
/// Discord, by a bot. Nothing can be hidden there. Token: the bot's; it needs MANAGE_MESSAGES, MODERATE_MEMBERS, BAN_MEMBERS and
/// SEND_MESSAGES. The source's account is the server's id: time-outs and bans need it.
/// </summary>
public sealed class DiscordActor : IActor
{
    private static readonly TimeSpan TimeOut = TimeSpan.FromDays(7);
    private static readonly Uri Default = new("https://discord.com");

    public PlatformId Platform { get; } = PlatformId.Parse("discord");

    public IReadOnlyList<Lever> Levers { get; } =
    [
        new(ActionKind.Delete, null, "DELETE /channels/{channel}/messages/{id}"),
        new(ActionKind.Reply, null, "POST /channels/{channel}/messages"),
        new(ActionKind.RestrictAuthor, ActionKind.UnrestrictAuthor, "PATCH /guilds/{server}/members/{user}, time-out of seven days"),
        new(ActionKind.UnrestrictAuthor, ActionKind.RestrictAuthor, "PATCH /guilds/{server}/members/{user}, no time-out"),
        new(ActionKind.BanAuthor, ActionKind.UnbanAuthor, "PUT /guilds/{server}/bans/{user}"),
        new(ActionKind.UnbanAuthor, ActionKind.BanAuthor, "DELETE /guilds/{server}/bans/{user}"),
    ];

    /// <summary>By the nonce, which Discord enforces for some minutes.</summary>
    public bool RepliesOnce => true;

    public async Task<string?> ActAsync(PlatformHttp http, Order order, CancellationToken cancellationToken)
    {
        var root = (order.Source.Address ?? Default).Below("api/v10");
        var channel = root.Below($"channels/{order.Comment.Channel}/messages");
        var server = order.Source.Account;
        var request = order.Action.Kind switch
        {
            ActionKind.Delete => Asking.To(HttpMethod.Delete, channel.Below(order.Id)),
            ActionKind.Reply => Asking.Json(HttpMethod.Post, channel, new
            {
                content = order.Text,
                message_reference = new { message_id = order.Id },
                allowed_mentions = new { parse = Array.Empty<string>() },
                nonce = Nonce(order.Action),
                enforce_nonce = true,
            }),
            _ when server is null => throw new PlatformException(FailureKind.Refused, "the source has no account: the server's id"),
            ActionKind.RestrictAuthor => Asking.Json(HttpMethod.Patch, root.Below($"guilds/{server}/members/{order.Author}"), new
            {
                communication_disabled_until = (order.Action.RequestedAt + TimeOut).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            }),
            ActionKind.UnrestrictAuthor => Asking.Json(HttpMethod.Patch, root.Below($"guilds/{server}/members/{order.Author}"), new { communication_disabled_until = (string?)null }),
            ActionKind.BanAuthor => Asking.Json(HttpMethod.Put, root.Below($"guilds/{server}/bans/{order.Author}"), new { delete_message_seconds = 0 }),
            _ => Asking.To(HttpMethod.Delete, root.Below($"guilds/{server}/bans/{order.Author}")),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bot", order.Token);
        var answer = await http.SendAsync(request, Judge, cancellationToken);
        return order.Action.Kind == ActionKind.Reply ? answer.Body.Text("id") : null;
    }

    /// <summary>The same for the same answer, at most 25 characters.</summary>
    private static string Nonce(PlatformAction action) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{action.Key.Id}/{action.Id}")))[..24];

    private static PlatformException? Judge(HttpResponseMessage response, JsonElement body)
    {
        if ((int)response.StatusCode == 429 && double.TryParse(body.Text("retry_after"), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
            return new PlatformException(FailureKind.Later, "HTTP 429", TimeSpan.FromSeconds(Math.Ceiling(seconds)));
        return body.Text("code") switch
        {
            "10008" or "10003" or "10007" or "10013" => new PlatformException(FailureKind.Gone, $"Discord's code {body.Text("code")}"),
            "10026" => new PlatformException(FailureKind.AlreadyDone, "Discord's code 10026"),
            _ => null,
        };
    }
}
