using System.Net.Http.Headers;
using System.Text.Json;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Ingest.Platforms;

/// <summary>
/// Mastodon, webhooks of a server's staff: posts of the server's own people, and the posts that somebody reported.
/// <c>X-Hub-Signature</c> is <c>sha256=</c> and the hexadecimal HMAC-SHA256 of the raw body: the old header's name with the new value.
/// Deletions are not told. A custom template of the webhook changes the body and is not read. Whoever only has an account on a server
/// gives its token: its mentions are then asked for, every minute.
/// </summary>
public sealed class Mastodon : IWebhookConnector, IPolledConnector
{
    public static readonly PlatformId Id = PlatformId.Parse("mastodon");

    private const int PageSize = 80;
    private const int MostPages = 10;

    public PlatformId Platform => Id;

    public SourceNeeds PollNeeds => SourceNeeds.Token | SourceNeeds.Address;

    public TimeSpan Interval => TimeSpan.FromMinutes(1);

    public string SecretRule => "the webhook's secret, at least 16 characters";

    public bool IsAuthentic(WebhookRequest request, Source source, DateTimeOffset now) =>
        HmacSignature.IsHex(request.Header("X-Hub-Signature"), "sha256=", source.Secrets, [], request.Body.Span);

    public void Read(WebhookRequest request, Delivery delivery)
    {
        using var document = JsonText.Parse(request.Body);
        var root = document.RootElement;
        var (name, thing) = (root.Text("event"), root.Object("object"));
        if (name is not ("status.created" or "status.updated" or "report.created"))
            delivery.Ignore("an event other than a post or a report");
        else if (thing is null)
            delivery.Park("an event without its object", root);
        else if (name == "report.created")
            ReadReport(thing.Value, delivery);
        else
            Read(thing.Value, delivery);
    }

    public async Task<string> PollAsync(PlatformHttp http, Source source, string? cursor, Delivery delivery, CancellationToken cancellationToken)
    {
        for (var page = 0; page < MostPages; page++)
        {
            // min_id walks forward from where the last run stopped; without one the newest page is read.
            var answer = await http.GetAsync(
                new Uri(source.Address!, $"/api/v1/notifications?types[]=mention&limit={PageSize}{(cursor is null ? "" : $"&min_id={Uri.EscapeDataString(cursor)}")}"),
                headers => headers.Authorization = new AuthenticationHeaderValue("Bearer", source.Token), cancellationToken);
            var mentions = answer.Body.ValueKind == JsonValueKind.Array ? answer.Body.EnumerateArray().Where(m => m.IsObject()).ToList() : [];
            foreach (var status in mentions.Select(m => m.Object("status")).OfType<JsonElement>())
                Read(status, delivery);
            var first = cursor is null;
            cursor = mentions.Select(m => m.Text("id")).OfType<string>().OrderByDescending(id => id.Length).ThenByDescending(id => id, StringComparer.Ordinal).FirstOrDefault() ?? cursor;
            if (mentions.Count < PageSize || first)
                break;
        }
        return cursor ?? "0";
    }

    private static void ReadReport(JsonElement report, Delivery delivery)
    {
        var target = report.Object("target_account")?.Object("account") ?? report.Object("target_account");
        foreach (var status in delivery.Objects(report, "statuses"))
            Read(status, delivery, target);
    }

    private static void Read(JsonElement status, Delivery delivery, JsonElement? reported = null)
    {
        var (source, account) = (delivery.Source, status.Object("account") ?? reported);
        var ignored = source.Account is not null && account?.Text("acct") == source.Account ? "our own post"
            : status.Has("reblog") ? "somebody else's post, passed on"
            : null;
        if (ignored is not null)
        {
            delivery.Ignore(ignored);
            return;
        }

        var edited = status.Time("edited_at", delivery.Now);
        var warning = status.Text("spoiler_text");
        delivery.Take(source, Id, status, new Reading
        {
            Id = source.OwnId(status.Text("id")),
            Channel = source.Id,
            ThreadId = source.OwnId(status.Text("in_reply_to_id") ?? status.Text("id")),
            ParentId = source.OwnId(status.Text("in_reply_to_id")),
            Permalink = status.Text("url"),
            AuthorId = source.OwnId(account?.Text("id")),
            AuthorName = account?.Text("display_name") ?? account?.Text("acct"),
            Text = $"{warning}\n{PlainText.FromHtml(status.Text("content") ?? "")}",
            CreatedAt = status.Time("created_at", delivery.Now),
            EditedAt = edited,
            EventId = $"version/{status.Text("edited_at")}",
        });
    }
}
