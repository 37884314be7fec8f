using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Moderato.Ingest;
using Moderato.Ingest.Platforms;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Ingest.Platforms;

/// <summary>
/// Signatures and handshakes against vectors: published ones where the platform or its libraries publish any, computed ones by its
/// documentation else.
/// </summary>
public sealed class SignatureTests
{
    private static readonly Lazy<IReadOnlyDictionary<string, Vector>> Vectors = new(() => JsonSerializer.Deserialize<List<Vector>>(
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "Moderato.Tests", "Ingest", "Platforms", "vectors.json")),
        JsonSerializerOptions.Web)!.ToDictionary(v => v.Id));

    /// <summary>Platforms that sign the body. Telegram repeats a token, Trustpilot has a secret address.</summary>
    public static TheoryData<string> SignedBodies =>
        new(Vectors.Value.Values.Where(v => v is { Valid: true, Body.Length: > 0 } && v.Platform is not "telegram").Select(v => v.Id));

    public static TheoryData<string> Bodies => new(Vectors.Value.Values.Where(v => v.Body is not null).Select(v => v.Id));

    public static TheoryData<string> Handshakes => new(Vectors.Value.Values.Where(v => v.Query is not null).Select(v => v.Id));

    [Theory]
    [MemberData(nameof(Bodies))]
    public void AVectorHolds(string id)
    {
        var vector = Vectors.Value[id];
        Assert.Equal(vector.Valid, vector.IsAuthentic(Encoding.UTF8.GetBytes(vector.Body!)));
    }

    [Theory]
    [MemberData(nameof(Handshakes))]
    public async Task AHandshakeIsAnsweredAsThePlatformWantsIt(string id)
    {
        var vector = Vectors.Value[id];
        var source = Deliveries.Source(vector.Platform, vector.Secret) with { VerifyToken = vector.Secret };

        var answer = vector.Connector.AnswerHandshake(Deliveries.Get(vector.Query!), source);

        if (!vector.Valid)
        {
            Assert.Null(answer);
            return;
        }
        var (status, body) = await ExecuteAsync(answer!);
        Assert.Equal(200, status);
        if (vector.Answer is JsonValue text)
            Assert.Equal((string?)text, body);
        else
            Assert.True(JsonNode.DeepEquals(vector.Answer, JsonNode.Parse(body)), body);
    }

    [Theory]
    [MemberData(nameof(SignedBodies))]
    public void AnyByteChangedAnywhereInABodyIsNoticed(string id)
    {
        var vector = Vectors.Value[id];
        Prop.ForAll(
            Gen.Choose(0, Encoding.UTF8.GetByteCount(vector.Body!) - 1).ToArbitrary(), Gen.Choose(1, 255).ToArbitrary(),
            (at, by) =>
            {
                var body = Encoding.UTF8.GetBytes(vector.Body!);
                body[at] ^= (byte)by;
                return !vector.IsAuthentic(body);
            }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(SignedBodies))]
    public void ABodyCutShortOrMadeLongerIsNoticed(string id)
    {
        var vector = Vectors.Value[id];
        var body = Encoding.UTF8.GetBytes(vector.Body!);
        Assert.False(vector.IsAuthentic(body[..^1]));
        Assert.False(vector.IsAuthentic([.. body, (byte)' ']));
        Assert.False(vector.IsAuthentic([]));
    }

    [Theory]
    [MemberData(nameof(SignedBodies))]
    public void WithoutItsHeadersNothingIsSigned(string id)
    {
        var vector = Vectors.Value[id];
        foreach (var left in vector.Headers!.Keys.Where(IsProof))
        {
            var without = vector with { Headers = vector.Headers.Where(h => h.Key != left).ToDictionary() };
            Assert.False(without.IsAuthentic(Encoding.UTF8.GetBytes(vector.Body!)), left);
        }
    }

    [Theory]
    [MemberData(nameof(SignedBodies))]
    public void WhileASecretIsChangedBothHold(string id)
    {
        var vector = Vectors.Value[id];
        var other = vector.Platform == "discord" ? new string('0', 64) : "another_secret_altogether";
        if (vector.Platform is "standard")
            other = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        Assert.True(vector.IsAuthentic(Encoding.UTF8.GetBytes(vector.Body!), other, vector.Secret));
        Assert.True(vector.IsAuthentic(Encoding.UTF8.GetBytes(vector.Body!), vector.Secret, other));
        Assert.False(vector.IsAuthentic(Encoding.UTF8.GetBytes(vector.Body!), other));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("sha256=58401f99486fab88fe300efa82c33b15dd97892d5c3dae25210b2719611b7d2")]
    [InlineData("sha256=58401f99486fab88fe300efa82c33b15dd97892d5c3dae25210b2719611b7d200")]
    [InlineData("sha256=58401f99486fab88fe300efa82c33b15dd97892d5c3dae25210b2719611b7dzz")]
    [InlineData("58401f99486fab88fe300efa82c33b15dd97892d5c3dae25210b2719611b7d20")]
    [InlineData("SHA256=58401f99486fab88fe300efa82c33b15dd97892d5c3dae25210b2719611b7d20")]
    [InlineData(" sha256=58401f99486fab88fe300efa82c33b15dd97892d5c3dae25210b2719611b7d20")]
    [InlineData("sha256=58401f99486fab88fe300efa82c33b15dd97892d5c3dae25210b2719611b7d20 ")]
    [InlineData("sha1=58401f99486fab88fe300efa82c33b15dd97892d5c3dae25210b2719611b7d20")]
    public void ASignatureOfAnyOtherShapeIsRefused(string signature)
    {
        var vector = Vectors.Value["meta-1"] with { Headers = new() { ["X-Hub-Signature-256"] = signature } };
        Assert.False(vector.IsAuthentic(Encoding.UTF8.GetBytes(vector.Body!)));
    }

    [Fact]
    public void TwoHeadersAreNoHeader()
    {
        var vector = Vectors.Value["meta-1"];
        var signature = vector.Headers!["X-Hub-Signature-256"];
        var request = Deliveries.Post(Encoding.UTF8.GetBytes(vector.Body!), []);
        request.Headers["X-Hub-Signature-256"] = new([signature, signature]);
        Assert.False(vector.Connector.IsAuthentic(request, Deliveries.Source("facebook", vector.Secret), Deliveries.Now));
    }

    [Theory]
    [InlineData("hub.mode=subscribe&hub.challenge=%3Cb%3E+x&hub.verify_token=meatyhamhock", "<b> x")]
    [InlineData("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meatyhamhoc", null)]
    [InlineData("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=MeatyHamHock", null)]
    [InlineData("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=", null)]
    [InlineData("hub.mode=subscribe&hub.challenge=1158201444", null)]
    [InlineData("hub.mode=unsubscribe&hub.challenge=1158201444&hub.verify_token=meatyhamhock", null)]
    [InlineData("hub.challenge=1158201444&hub.verify_token=meatyhamhock", null)]
    [InlineData("hub.mode=subscribe&hub.challenge=1&hub.verify_token=meatyhamhock&hub.verify_token=meatyhamhock", null)]
    [InlineData("", null)]
    public async Task OnlyTheRightTokenIsAnsweredWithMetasChallenge(string query, string? challenge)
    {
        var source = Deliveries.Source("facebook", "meta_app_secret_for_tests") with { VerifyToken = "meatyhamhock" };
        var answer = new Facebook().AnswerHandshake(Deliveries.Get(query), source);
        Assert.Equal(challenge, answer is null ? null : (await ExecuteAsync(answer)).Body);
    }

    [Theory]
    [InlineData("secret=a-very-long-random-text-for-the-address", true)]
    [InlineData("secret=another-very-long-random-text-here", true)]
    [InlineData("secret=a-very-long-random-text-for-the-addres", false)]
    [InlineData("secret=", false)]
    [InlineData("", false)]
    public void TrustpilotsSecretStandsInTheAddress(string query, bool authentic)
    {
        var source = Deliveries.Source("trustpilot", "a-very-long-random-text-for-the-address", "another-very-long-random-text-here");
        Assert.Equal(authentic, new Trustpilot().IsAuthentic(Deliveries.Post("{}"u8.ToArray(), [], query), source, Deliveries.Now));
    }

    [Theory]
    [InlineData("slack", "8f742231b10e8888", true)]
    [InlineData("slack", "8f742231b10e888", false)]
    [InlineData("telegram", "Abc_123-xyz-12345", true)]
    [InlineData("telegram", "Abc 123 xyz 12345", false)]
    [InlineData("discord", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", true)]
    [InlineData("discord", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f70751", false)]
    [InlineData("standard", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", true)]
    [InlineData("standard", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", false)]
    [InlineData("standard", "whsec_AAAA", false)]
    [InlineData("standard", "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", true)]
    [InlineData("standard", "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHUQ==", false)]
    [InlineData("trustpilot", "a-very-long-random-text-for-the-address", true)]
    [InlineData("trustpilot", "too-short-for-an-address", false)]
    public void ASecretIsWhatThePlatformCallsOne(string platform, string secret, bool isOne) =>
        Assert.Equal(isOne, Connectors.Find(platform)!.ReadSecret(secret) is not null);

    /// <summary>Other headers name the event, and nobody signs them.</summary>
    private static bool IsProof(string header) =>
        header.Contains("signature", StringComparison.OrdinalIgnoreCase) || header.Contains("timestamp", StringComparison.OrdinalIgnoreCase) || header == "webhook-id";

    internal static async Task<(int Status, string Body)> ExecuteAsync(IResult result)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider(), Response = { Body = body } };
        await result.ExecuteAsync(context);
        return (context.Response.StatusCode, Encoding.UTF8.GetString(body.ToArray()));
    }

    private sealed record Vector(
        string Id, string Platform, string Secret, bool Valid, Dictionary<string, string>? Headers, string? Body, string? Query, JsonNode? Answer, long? Now)
    {
        public IWebhookConnector Connector => (IWebhookConnector)Connectors.Find(Platform)!;

        public bool IsAuthentic(byte[] body, params string[] secrets) => Connector.IsAuthentic(
            Deliveries.Post(body, Headers!), Deliveries.Source(Platform, secrets is [] ? [Secret] : secrets), DateTimeOffset.FromUnixTimeSeconds(Now ?? 0));
    }
}
