using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Moderato.Tests.Demo;

/// <summary>
/// A small web app on a free port that speaks as Moderato does: checks signatures and keys, keeps one outcome per comment,
/// pages through them. It can be told to misbehave.
/// </summary>
internal sealed class StandInApp : IAsyncDisposable
{
    public const string ApiKey = "demo-key";
    public const string Secret = "demo-secret";
    public const string Source = "shop";
    private const int PageSize = 50;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Platform, string Id), StandInOutcome> _outcomes = [];
    private readonly WebApplication _app;

    private StandInApp(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>How many more posts of comments are answered with 503.</summary>
    public int Unavailable { get; set; }

    /// <summary>A comment of the script, by the end of its id, that never gets its outcome.</summary>
    public string? NeverDecided { get; set; }

    /// <summary>What the digest's completeness line says is lost.</summary>
    public int Lost { get; set; }

    /// <summary>The level of the mutiny's incident; null for none.</summary>
    public string? Alarm { get; set; } = "mutiny";

    /// <summary>What becomes of a mail.</summary>
    public string MailState { get; set; } = "sent";

    public int SignaturesRefused { get; private set; }

    public int Duplicates { get; private set; }

    public int EventsIgnored { get; private set; }

    public IReadOnlyCollection<StandInOutcome> Outcomes
    {
        get { lock (_gate) return [.. _outcomes.Values]; }
    }

    public static async Task<StandInApp> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var web = builder.Build();
        var app = new StandInApp(web);
        web.MapPost($"/api/webhooks/facebook/{Source}", app.WebhookAsync);
        web.MapPost("/api/communities/demo/comments", app.IntakeAsync);
        web.MapGet("/api/communities/demo/outcomes", app.Page);
        web.MapPost("/api/communities/demo/digests/{date}", app.Digest);
        web.MapGet("/api/communities/demo/incidents", app.Incidents);
        web.MapGet("/api/communities/demo/mails", app.Mails);
        await web.StartAsync();
        var addresses = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        app.Address = new Uri(addresses.Addresses.Single());
        return app;
    }

    private IResult Incidents() => Results.Json(new
    {
        items = Alarm is null ? [] : new[]
        {
            new { about = "cause", state = "open", level = Alarm, concepts = new[] { "delivery" }, words = new[] { "fermo" }, people = 14, channels = new[] { new { platform = "facebook", channel = "x" } }, openedAt = Later },
        },
    });

    private IResult Mails() => Results.Json(new { mails = new[] { new { kind = "digest", state = MailState, at = Later } } });

    /// <summary>Whatever the demo's clock says, after its beginning.</summary>
    private static DateTimeOffset Later => TimeProvider.System.GetUtcNow().AddDays(1);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> WebhookAsync(HttpRequest request)
    {
        var body = await BytesOf(request);
        var expected = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body));
        lock (_gate)
        {
            if (IsUnavailable()) return Results.StatusCode(503);
            if (request.Headers["X-Hub-Signature-256"] != expected)
            {
                SignaturesRefused++;
                return Results.StatusCode(401);
            }

            var json = JsonNode.Parse(body)!;
            foreach (var entry in json["entry"]!.AsArray())
            {
                foreach (var change in entry!["changes"]!.AsArray()) Take(change!["value"]!, page: (string)entry["id"]!);
            }
        }

        return Results.Ok();
    }

    private void Take(JsonNode value, string page)
    {
        if ((string)value["item"]! != "comment" || (string)value["from"]!["id"]! == page)
        {
            EventsIgnored++;
            return;
        }

        var removed = (string)value["verb"]! == "remove";
        Keep("facebook", (string)value["comment_id"]!, (string?)value["message"], removed, edited: value["edited_time"] is not null);
    }

    private async Task<IResult> IntakeAsync(HttpRequest request)
    {
        if (!HasKey(request)) return Results.StatusCode(401);
        var json = JsonNode.Parse(await BytesOf(request))!;
        JsonNode?[] items = json is JsonArray array ? [.. array] : [json];
        lock (_gate)
        {
            if (IsUnavailable()) return Results.StatusCode(503);
            var results = items.Select(item => Receive(item!)).ToList();
            return Results.Json(new { accepted = results.Count, results }, statusCode: (int)HttpStatusCode.Accepted);
        }
    }

    private object Receive(JsonNode item)
    {
        var platform = (string)item["platform"]!;
        var id = (string)item["id"]!;
        var removed = (bool?)item["removed"] is true;
        var isNews = Keep(platform, id, (string?)item["text"], removed, edited: item["editedAt"] is not null);
        return new { platform, id, status = isNews ? "accepted" : "duplicate" };
    }

    /// <returns>Whether this is news.</returns>
    private bool Keep(string platform, string id, string? text, bool removed, bool edited)
    {
        var known = _outcomes.GetValueOrDefault((platform, id));
        var next = removed ? new StandInOutcome(platform, id, "", "removed", (known?.Revision ?? 0) + 1)
            : edited && known is not null ? new StandInOutcome(platform, id, text ?? "", "decided", 2)
            : new StandInOutcome(platform, id, text ?? "", "decided", 1);
        if (known is not null && !removed && !edited)
        {
            Duplicates++;
            return false;
        }

        _outcomes[(platform, id)] = next;
        return true;
    }

    private IResult Page(HttpRequest request)
    {
        if (!HasKey(request)) return Results.StatusCode(401);
        var start = int.Parse(request.Query["cursor"].FirstOrDefault() ?? "0", CultureInfo.InvariantCulture);
        lock (_gate)
        {
            var shown = _outcomes.Values
                .Where(o => NeverDecided is null || !o.Id.EndsWith(NeverDecided, StringComparison.Ordinal))
                .ToList();
            var items = shown.Skip(start).Take(PageSize).Select(o => new
            {
                o.Platform,
                commentId = o.Id,
                channel = "c",
                o.Text,
                o.State,
                decision = o.State == "removed" ? null : "approve",
                sentiment = o.State == "removed" ? null : new { label = "neutral", negative = 0.1, neutral = 0.8, positive = 0.1 },
                o.Revision,
            });
            var next = start + PageSize < shown.Count ? (start + PageSize).ToString(CultureInfo.InvariantCulture) : null;
            return Results.Json(new { items, nextCursor = next });
        }
    }

    private IResult Digest(HttpRequest request, string date)
    {
        if (!HasKey(request)) return Results.StatusCode(401);
        var count = Outcomes.Count;
        var completeness = new { received = count, decided = count, duplicates = Duplicates, waiting = 0, parked = 0, lost = Lost };
        return Results.Json(new { community = "demo", date, completeness });
    }

    private bool IsUnavailable() => Unavailable > 0 && Unavailable-- > 0;

    private static bool HasKey(HttpRequest request) => request.Headers.Authorization == $"Bearer {ApiKey}";

    private static async Task<byte[]> BytesOf(HttpRequest request)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer);
        return buffer.ToArray();
    }
}

internal sealed record StandInOutcome(string Platform, string Id, string Text, string State, int Revision);
