using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Moderato.Comments;
using Moderato.Ingest;
using Moderato.Ingest.Platforms;
using Xunit;

namespace Moderato.Tests.Ingest.Platforms;

/// <summary>Requests to connectors, as platforms send them, and what comes of them.</summary>
internal static class Deliveries
{
    public static readonly DateTimeOffset Now = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly CommunityId Community = CommunityId.Parse("demo");

    public static Source Source(string platform, params string[] secrets)
    {
        var connector = Connectors.Find(platform)!;
        return new Source("shop", connector.Platform, Community, [.. secrets.Select(s => connector.ReadSecret(s) ?? Encoding.UTF8.GetBytes(s))]);
    }

    public static WebhookRequest Post(ReadOnlyMemory<byte> body, IEnumerable<KeyValuePair<string, string>> headers, string query = "")
    {
        var sent = new HeaderDictionary();
        foreach (var (name, value) in headers)
            sent[name] = value;
        return new WebhookRequest("POST", Query(query), sent, body);
    }

    public static WebhookRequest Get(string query) => new("GET", Query(query), new HeaderDictionary(), default);

    public static Delivery Read(string platform, string body, Source? source = null, params Source[] others)
    {
        source ??= Source(platform, "a-secret-for-tests");
        var delivery = new Delivery(source, new Sources([source, .. others]), Now);
        ((IWebhookConnector)Connectors.Find(platform)!).Read(Post(Encoding.UTF8.GetBytes(body), [new("webhook-id", "msg_1")]), delivery);
        return delivery;
    }

    /// <summary>The one comment of a delivery that has nothing else.</summary>
    public static Comment Only(this Delivery delivery)
    {
        Assert.Empty(delivery.Ignored);
        Assert.Empty(delivery.Unreadable);
        return Assert.Single(delivery.Arrivals).Comment;
    }

    /// <summary>That a delivery has nothing but one thing to ignore.</summary>
    public static void IsIgnored(this Delivery delivery)
    {
        Assert.Empty(delivery.Arrivals);
        Assert.Empty(delivery.Unreadable);
        Assert.NotEmpty(Assert.Single(delivery.Ignored));
    }

    public static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

    private static QueryCollection Query(string query) => new(QueryHelpers.ParseQuery(query));
}
