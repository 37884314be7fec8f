using System.Net.Http.Headers;
using System.Text.Json;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Actions.Platforms;

/// <summary>
/// MediaWiki's talk pages, by the Action API. Token: an OAuth 2.0 access token of our account, or <c>user@name:password</c> as
/// Special:BotPasswords makes it, which every wiki has. Deleting a comment is undoing the edit; hiding it hides the revision's text,
/// which only some may. Every write needs a fresh token of the wiki's own.
/// </summary>
public sealed class MediaWikiActor : IActor
{
    public PlatformId Platform { get; } = PlatformId.Parse("mediawiki");

    public IReadOnlyList<Lever> Levers { get; } =
    [
        new(ActionKind.Hide, ActionKind.Unhide, "action=revisiondelete hide=content"),
        new(ActionKind.Unhide, ActionKind.Hide, "action=revisiondelete show=content"),
        new(ActionKind.Delete, null, "action=edit undo; the page's history keeps it"),
        new(ActionKind.Approve, null, "action=patrol"),
        new(ActionKind.Reply, null, "action=edit appendtext"),
        new(ActionKind.BanAuthor, ActionKind.UnbanAuthor, "action=block"),
        new(ActionKind.UnbanAuthor, ActionKind.BanAuthor, "action=unblock"),
    ];

    public async Task<string?> ActAsync(PlatformHttp http, Order order, CancellationToken cancellationToken)
    {
        var page = order.Source.PlatformsId(order.Comment.ThreadId ?? "");
        (string, string)[] fields = order.Action.Kind switch
        {
            ActionKind.Hide => [("action", "revisiondelete"), ("type", "revision"), ("ids", order.Id), ("hide", "content"), ("reason", Reason)],
            ActionKind.Unhide => [("action", "revisiondelete"), ("type", "revision"), ("ids", order.Id), ("show", "content"), ("reason", Reason)],
            ActionKind.Delete => [("action", "edit"), ("pageid", page), ("undo", order.Id), ("summary", Reason)],
            ActionKind.Approve => [("action", "patrol"), ("revid", order.Id)],
            ActionKind.Reply => [("action", "edit"), ("pageid", page), ("appendtext", $"\n: {order.Text} ~~~~"), ("summary", Reason)],
            ActionKind.BanAuthor => [("action", "block"), ("user", order.Comment.Author?.Name ?? order.Author), ("expiry", "infinite"), ("reason", Reason), ("nocreate", "1")],
            _ => [("action", "unblock"), ("user", order.Comment.Author?.Name ?? order.Author), ("reason", Reason)],
        };
        var api = order.Source.Address ?? throw new PlatformException(FailureKind.Refused, "the source has no address");
        var session = new Session(http, api, order.Token);
        await session.LogInAsync(cancellationToken);
        var token = await session.TokenAsync(order.Action.Kind == ActionKind.Approve ? "patrol" : "csrf", cancellationToken);
        var answer = await session.PostAsync([.. fields, ("token", token), ("maxlag", "5"), ("assert", "user")], cancellationToken);
        if (answer.Body.Field("edit").IsTrue("nochange"))
            throw new PlatformException(FailureKind.AlreadyDone, "nothing to change");
        return answer.Body.Field("edit").Text("newrevid");
    }

    private const string Reason = "Moderato";

    /// <summary>A conversation with a wiki: with a bearer token, or logged in by cookies.</summary>
    private sealed class Session(PlatformHttp http, Uri api, string credential)
    {
        private readonly Dictionary<string, string> _cookies = [];
        private readonly bool _isPassword = credential.Contains('@', StringComparison.Ordinal) && credential.Contains(':', StringComparison.Ordinal);

        public async Task LogInAsync(CancellationToken cancellationToken)
        {
            if (!_isPassword)
                return;
            var colon = credential.IndexOf(':', StringComparison.Ordinal);
            var token = await TokenAsync("login", cancellationToken);
            var answer = await PostAsync([("action", "login"), ("lgname", credential[..colon]), ("lgpassword", credential[(colon + 1)..]), ("lgtoken", token)], cancellationToken);
            if (answer.Body.Field("login").Text("result") != "Success")
                throw new PlatformException(FailureKind.Credential, "the wiki does not accept the bot password");
        }

        public async Task<string> TokenAsync(string type, CancellationToken cancellationToken)
        {
            var answer = await SendAsync(Asking.To(HttpMethod.Get, new Uri($"{api.AbsoluteUri}?action=query&meta=tokens&type={type}&format=json&formatversion=2")), cancellationToken);
            return answer.Body.Field("query").Field("tokens").Text($"{type}token") ?? throw new PlatformException(FailureKind.Credential, "the wiki gives no token");
        }

        public Task<PlatformAnswer> PostAsync((string, string)[] fields, CancellationToken cancellationToken) =>
            SendAsync(Asking.Form(HttpMethod.Post, api, null, [.. fields, ("format", "json"), ("formatversion", "2")]), cancellationToken);

        private async Task<PlatformAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!_isPassword)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
            else if (_cookies.Count > 0)
                request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(c => $"{c.Key}={c.Value}")));
            var answer = await http.SendAsync(request, Judge(http), cancellationToken);
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                if (cookie.Split(';')[0].Split('=', 2) is [var name, var value])
                    _cookies[name] = value;
            }
            return answer;
        }
    }

    /// <summary>MediaWiki answers 200 and says in the body what is wrong. Codes other than maxlag and ratelimited are unverified.</summary>
    private static Func<HttpResponseMessage, JsonElement, PlatformException?> Judge(PlatformHttp http) => (response, body) => body.Field("error").Text("code") switch
    {
        null => null,
        "maxlag" or "readonly" or "ratelimited" or "badtoken" or "editconflict" => new PlatformException(FailureKind.Later, "the wiki asks to wait", http.WaitOf(response)),
        "alreadyblocked" or "notblocked" or "alreadypatrolled" => new PlatformException(FailureKind.AlreadyDone, "it is that way already"),
        "nosuchrevid" or "missingtitle" or "nosuchpageid" => new PlatformException(FailureKind.Gone, "there is no such revision"),
        "assertuserfailed" or "mwoauth-invalid-authorization" => new PlatformException(FailureKind.Credential, "the wiki does not accept the token"),
        var code when code.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') => new PlatformException(FailureKind.Refused, $"the wiki says {code}"),
        _ => new PlatformException(FailureKind.Refused, "the wiki refuses"),
    };
}
