using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Moderato.Local.Demo;

/// <summary>Plays Facebook: signed webhooks, alone and in batches, mixed with events that are nobody's comment.</summary>
internal sealed class FacebookFeed(
    DemoScript script, RunTag run, DateTimeOffset now, DemoTarget target, Redelivery redelivery, Ledger ledger)
    : IDemoFeed
{
    private static readonly int[] BodySizes = [1, 1, 4, 1, 2, 7];

    private readonly Dictionary<string, DemoComment> _comments =
        script.Comments.Where(c => c.Platform == "facebook").ToDictionary(c => c.Id, StringComparer.Ordinal);

    private int _noise;

    public async Task PlayAsync(CancellationToken cancellationToken)
    {
        foreach (var comments in Batches.Of(_comments.Values.OrderByDescending(c => c.AgeSeconds), BodySizes))
        {
            var body = BodyOf(comments);
            for (var times = script.DeliveriesOf(comments); times > 0; times--)
                await DeliverAsync(body, comments, cancellationToken);
        }

        // Changes come last: a second version of a comment is one only where the first has arrived.
        foreach (var edit in script.Edits)
        {
            if (_comments.TryGetValue(edit.CommentId, out var comment))
                await DeliverChangeAsync(Edited(comment, edit), comment, cancellationToken);
        }

        foreach (var removal in script.Removals)
        {
            if (_comments.TryGetValue(removal.CommentId, out var comment))
                await DeliverChangeAsync(Removed(comment), comment, cancellationToken);
        }
    }

    private async Task DeliverAsync(byte[] body, DemoComment[] comments, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(body, cancellationToken);
        if (answer.Status == HttpStatusCode.OK) ledger.Deliver(comments.Select(run.KeyOf));
        else ledger.Refuse(comments.Select(run.KeyOf), $"the webhook {answer}");
    }

    private async Task DeliverChangeAsync(FacebookValue value, DemoComment comment, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(new FacebookBody("page", [Entry([value])]).ToBytes(), cancellationToken);
        if (answer.Status != HttpStatusCode.OK) ledger.Refuse([run.KeyOf(comment)], $"the webhook with its change {answer}");
    }

    private Task<Answer> SendAsync(byte[] body, CancellationToken cancellationToken)
    {
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(target.FacebookSecret), body));
        return redelivery.SendAsync("facebook", () => Request(body, signature), cancellationToken);
    }

    private HttpRequestMessage Request(byte[] body, string signature)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, target.Webhook) { Content = content };
        request.Headers.Add("X-Hub-Signature-256", $"sha256={signature}");
        return request;
    }

    private byte[] BodyOf(DemoComment[] comments)
    {
        var added = comments.Select(Added);
        if (comments.Length == 1) return new FacebookBody("page", [Entry(added)]).ToBytes();

        // In company, as Meta batches: a heart on the first comment, and the shop's own reply to the last one in an entry of its own.
        return new FacebookBody("page", [Entry(added.Append(Heart(comments[0]))), Entry([OwnReply(comments[^1])])]).ToBytes();
    }

    private FacebookEntry Entry(IEnumerable<FacebookValue> values) =>
        new(script.Page.Id, now.ToUnixTimeSeconds(), [.. values.Select(value => new FacebookChange("feed", value))]);

    private FacebookValue Added(DemoComment comment) => About(comment, "add") with
    {
        From = comment.Author,
        CreatedTime = WrittenAt(comment),
        Message = comment.Text,
    };

    private FacebookValue Edited(DemoComment comment, DemoEdit edit) => Added(comment) with
    {
        Verb = "edited",
        EditedTime = now.ToUnixTimeSeconds() - edit.AgeSeconds,
        Message = edit.Text,
    };

    private FacebookValue Removed(DemoComment comment) => About(comment, "remove") with { From = comment.Author };

    private FacebookValue Heart(DemoComment comment) => About(comment, "add") with
    {
        Item = "reaction",
        ReactionType = "love",
        From = new DemoAuthor("7000000001", "Una lettrice"),
        CreatedTime = now.ToUnixTimeSeconds(),
    };

    private FacebookValue OwnReply(DemoComment comment) => About(comment, "add") with
    {
        CommentId = run.OnFacebook(comment.ThreadId, string.Create(CultureInfo.InvariantCulture, $"own{++_noise}")),
        ParentId = run.IdOf(comment),
        From = script.Page,
        CreatedTime = now.ToUnixTimeSeconds(),
        Message = "Grazie di averci scritto, ti rispondiamo al più presto!",
    };

    private FacebookValue About(DemoComment comment, string verb)
    {
        var post = $"{script.Page.Id}_{comment.ThreadId}";
        return new FacebookValue
        {
            Item = "comment",
            Verb = verb,
            CommentId = run.IdOf(comment),
            PostId = post,
            ParentId = comment.ParentId is { } parent ? run.IdOf(_comments[parent]) : post,
        };
    }

    private long WrittenAt(DemoComment comment) => now.ToUnixTimeSeconds() - comment.AgeSeconds;
}
