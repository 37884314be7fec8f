using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Ingest;
using Moderato.Ingest.Platforms;

namespace Moderato.Benchmarks;

/// <summary>What a connector costs: proving one delivery authentic and reading the one comment in it.</summary>
[MemoryDiagnoser]
public class ReadingWebhooks
{
    private const string Secret = "a-secret-for-the-benchmark";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_785_312_000);

    private IWebhookConnector _connector = null!;
    private Source _source = null!;
    private Sources _sources = null!;
    private WebhookRequest _request = null!;

    [Params("facebook", "telegram", "slack", "github", "standard", "discord")]
    public string Platform { get; set; } = "";

    [GlobalSetup]
    public void SetUp()
    {
        _connector = (IWebhookConnector)Connectors.Find(Platform)!;
        var (secret, body, headers) = Delivery(Platform);
        _source = new Source("shop", _connector.Platform, CommunityId.Parse("demo"), [_connector.ReadSecret(secret)!]);
        _sources = new Sources([_source]);
        _request = new WebhookRequest("POST", new QueryCollection(), headers, body);
        if (!_connector.IsAuthentic(_request, _source, Now) || VerifyAndRead() != (Platform == "discord" ? 0 : 1))
            throw new InvalidOperationException("The delivery is none.");
    }

    [Benchmark]
    public bool Verify() => _connector.IsAuthentic(_request, _source, Now);

    [Benchmark]
    public int VerifyAndRead()
    {
        if (!_connector.IsAuthentic(_request, _source, Now))
            return -1;
        var delivery = new Delivery(_source, _sources, Now);
        _connector.Read(_request, delivery);
        return delivery.Arrivals.Count;
    }

    private static (string Secret, byte[] Body, HeaderDictionary Headers) Delivery(string platform)
    {
        const string words = "Buongiorno, ho ordinato due tazze la settimana scorsa e non ho ancora ricevuto nulla. Sapete dirmi quando arrivano?";
        var sent = Now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        switch (platform)
        {
            case "facebook":
                var page = Encoding.UTF8.GetBytes($$"""{"object":"page","entry":[{"id":"1","time":1785312004,"changes":[{"field":"feed","value":{"item":"comment","verb":"add","comment_id":"901_903","post_id":"1_901","parent_id":"1_901","from":{"id":"77","name":"Anna"},"created_time":1785312003,"message":"{{words}}"} }]}]}""");
                return (Secret, page, new HeaderDictionary { ["X-Hub-Signature-256"] = $"sha256={Hmac(Secret, page)}" });
            case "telegram":
                var update = Encoding.UTF8.GetBytes($$"""{"update_id":9,"message":{"message_id":1025,"from":{"id":123456789,"is_bot":false,"first_name":"Anna"},"chat":{"id":-1001234567890,"title":"Chiacchiere","username":"chiacchiere","type":"supergroup"},"date":1785312003,"text":"{{words}}"} }""");
                return (Secret, update, new HeaderDictionary { ["X-Telegram-Bot-Api-Secret-Token"] = Secret });
            case "slack":
                var slack = Encoding.UTF8.GetBytes($$"""{"team_id":"T1","type":"event_callback","event_id":"Ev1","event":{"type":"message","channel":"C1","user":"U1","text":"{{words}}","ts":"1740060997.732449"} }""");
                return (Secret, slack, new HeaderDictionary { ["X-Slack-Request-Timestamp"] = sent, ["X-Slack-Signature"] = $"v0={Hmac(Secret, [.. Encoding.ASCII.GetBytes($"v0:{sent}:"), .. slack])}" });
            case "github":
                var github = Encoding.UTF8.GetBytes($$"""{"action":"created","issue":{"id":444,"node_id":"MDU6"},"comment":{"html_url":"https://github.com/anna/shop/issues/1#issuecomment-49","id":49,"node_id":"MDEy","user":{"login":"annab","id":21031067,"type":"User"},"created_at":"2026-05-15T15:20:21Z","updated_at":"2026-05-15T15:20:21Z","body":"{{words}}"},"repository":{"full_name":"anna/shop"} }""");
                return (Secret, github, new HeaderDictionary { ["X-Hub-Signature-256"] = $"sha256={Hmac(Secret, github)}" });
            case "standard":
                const string whsec = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
                var standard = Encoding.UTF8.GetBytes($$"""{"type":"comment.created","data":{"platform":"forum","id":"c-1001","author":{"id":"u-9","name":"Anna"},"text":"{{words}}","createdAt":"2026-11-03T20:26:09Z"} }""");
                var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(whsec[6..]), (byte[])[.. Encoding.UTF8.GetBytes($"msg_1.{sent}."), .. standard]));
                return (whsec, standard, new HeaderDictionary { ["webhook-id"] = "msg_1", ["webhook-timestamp"] = sent, ["webhook-signature"] = $"v1,{signature}" });
            default: // the probe that Discord sends, signed with the key of RFC 8032's first test
                return ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", """{"version":1,"application_id":"1234560123453231555","type":0}"""u8.ToArray(), new HeaderDictionary
                {
                    ["X-Signature-Ed25519"] = DiscordProbe,
                    ["X-Signature-Timestamp"] = "1785312000",
                });
        }
    }

    private const string DiscordProbe = "3741645086eab8dba7a5486beca038fcd62e6788425083d34f129c63534cf91a4b47077e937e0b5bd4ed98ebfc18e1d0ec16892471a0d99ef4a176747dbbcb0c";

    private static string Hmac(string secret, byte[] body) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
}
