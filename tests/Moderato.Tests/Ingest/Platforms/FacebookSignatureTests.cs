using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Moderato.Comments;
using Moderato.Ingest;
using Moderato.Ingest.Platforms;
using Xunit;

namespace Moderato.Tests.Ingest.Platforms;

public sealed class FacebookSignatureTests
{
    private const string Secret = "meta_app_secret_for_tests";

    private const string Plain = """{"object":"page","entry":[{"id":"1234567890321","time":1785312004,"changes":[{"field":"feed","value":{"item":"comment","verb":"add","comment_id":"901_903","post_id":"1234567890321_901","parent_id":"1234567890321_901","from":{"id":"77","name":"Ann"},"created_time":1785312003,"message":"Love this!"}}]}]}""";
    private const string PlainSignature = "sha256=58401f99486fab88fe300efa82c33b15dd97892d5c3dae25210b2719611b7d20";

    /// <summary>As Meta escapes it: the signature is over these very bytes.</summary>
    private const string Escaped = """{"object":"page","entry":[{"id":"1","time":1785312004,"changes":[{"field":"feed","value":{"item":"comment","verb":"add","comment_id":"1_2","post_id":"1_1","parent_id":"1_1","created_time":1785312003,"message":"\u00e4\u00f6\u00e5 perch\u00e9 \ud83d\ude00 http:\/\/x.example\/"}}]}]}""";

    [Theory]
    [InlineData("meta-1", Plain, "X-Hub-Signature-256", PlainSignature, true)]
    [InlineData("meta-2", Escaped, "X-Hub-Signature-256", "sha256=218ca0aab8e44d2c49bb7ee5ba55f055f728eee4331b8e03a099df073e174def", true)]
    [InlineData("meta-3, signed over the unescaped body", Escaped, "X-Hub-Signature-256", "sha256=0eac7153d897fc56aa679150bae4150835b3298ba42b65c9fef79cee5426c098", false)]
    [InlineData("meta-4, in capitals", Plain, "X-Hub-Signature-256", "sha256=58401F99486FAB88FE300EFA82C33B15DD97892D5C3DAE25210B2719611B7D20", true)]
    [InlineData("meta-5, with the old header only", Plain, "X-Hub-Signature", "sha1=5bebb4499cbe589a207cb6be98df328e96ea1a04", false)]
    public void TheVectorsHold(string vector, string body, string header, string signature, bool valid) =>
        Assert.True(valid == IsSigned(body, new HeaderDictionary { [header] = signature }), vector);

    [Theory]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("sha256=58401f99486fab88fe300efa82c33b15dd97892d5c3dae25210b2719611b7d2")]
    [InlineData("sha256=58401f99486fab88fe300efa82c33b15dd97892d5c3dae25210b2719611b7d")]
    [InlineData("sha256=58401f99486fab88fe300efa82c33b15dd97892d5c3dae25210b2719611b7d200")]
    [InlineData("sha256=58401f99486fab88fe300efa82c33b15dd97892d5c3dae25210b2719611b7d2000")]
    [InlineData("sha256=58401f99486fab88fe300efa82c33b15dd97892d5c3dae25210b2719611b7dzz")]
    [InlineData("58401f99486fab88fe300efa82c33b15dd97892d5c3dae25210b2719611b7d20")]
    [InlineData("SHA256=58401f99486fab88fe300efa82c33b15dd97892d5c3dae25210b2719611b7d20")]
    [InlineData(" sha256=58401f99486fab88fe300efa82c33b15dd97892d5c3dae25210b2719611b7d20")]
    [InlineData("sha256=58401f99486fab88fe300efa82c33b15dd97892d5c3dae25210b2719611b7d20 ")]
    [InlineData("sha1=58401f99486fab88fe300efa82c33b15dd97892d5c3dae25210b2719611b7d20")]
    public void ASignatureOfAnyOtherShapeIsRefused(string signature) =>
        Assert.False(IsSigned(Plain, new HeaderDictionary { ["X-Hub-Signature-256"] = signature }));

    [Fact]
    public void WithoutAHeaderNothingIsSigned() => Assert.False(IsSigned(Plain, new HeaderDictionary()));

    [Fact]
    public void TwoHeadersAreNoHeader() =>
        Assert.False(IsSigned(Plain, new HeaderDictionary { ["X-Hub-Signature-256"] = new([PlainSignature, PlainSignature]) }));

    [Fact]
    public void WithoutASecretNothingIsSigned() => Assert.False(IsSigned(Plain, PlainSignature, []));

    [Fact]
    public void WhileASecretIsChangedBothHold()
    {
        Assert.True(IsSigned(Plain, PlainSignature, "another_secret_altogether", Secret));
        Assert.True(IsSigned(Plain, PlainSignature, Secret, "another_secret_altogether"));
        Assert.False(IsSigned(Plain, PlainSignature, "another_secret_altogether", "and_one_more_secret"));
    }

    [Fact]
    public void AnyByteChangedInTheBodyIsNoticed() => Prop.ForAll(
        Gen.Choose(0, Plain.Length - 1).ToArbitrary(), Gen.Choose(1, 255).ToArbitrary(),
        (at, by) =>
        {
            var body = Encoding.UTF8.GetBytes(Plain);
            body[at] ^= (byte)by;
            return !Facebook.IsSigned(new HeaderDictionary { ["X-Hub-Signature-256"] = PlainSignature }, body, Source(Secret));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void AnyCharacterChangedInTheSignatureIsNoticed() => Prop.ForAll(
        Gen.Choose(0, PlainSignature.Length - 1).ToArbitrary(), Gen.Choose(32, 126).Select(c => (char)c).ToArbitrary(),
        (at, c) =>
        {
            var signature = $"{PlainSignature[..at]}{c}{PlainSignature[(at + 1)..]}";
            var same = signature == PlainSignature || (at >= "sha256=".Length && signature.Equals(PlainSignature, StringComparison.OrdinalIgnoreCase));
            return IsSigned(Plain, signature, Secret) == same;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void AnyBodyCutShortIsNoticed() => Prop.ForAll(
        Gen.Choose(0, Plain.Length - 1).ToArbitrary(), length => !IsSigned(Plain[..length], PlainSignature, Secret)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meatyhamhock", "1158201444")]
    [InlineData("hub.mode=subscribe&hub.challenge=%3Cb%3E+x&hub.verify_token=meatyhamhock", "<b> x")]
    [InlineData("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=wrong", null)]
    [InlineData("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meatyhamhoc", null)]
    [InlineData("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=MeatyHamHock", null)]
    [InlineData("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=", null)]
    [InlineData("hub.mode=subscribe&hub.challenge=1158201444", null)]
    [InlineData("hub.mode=unsubscribe&hub.challenge=1158201444&hub.verify_token=meatyhamhock", null)]
    [InlineData("hub.challenge=1158201444&hub.verify_token=meatyhamhock", null)]
    [InlineData("hub.mode=subscribe&hub.challenge=1&hub.verify_token=meatyhamhock&hub.verify_token=meatyhamhock", null)]
    [InlineData("", null)]
    public void OnlyTheRightTokenIsAnsweredWithTheChallenge(string query, string? challenge) =>
        Assert.Equal(challenge, Facebook.AnswerHandshake(new QueryCollection(QueryHelpers.ParseQuery(query)), Source(Secret)));

    private static bool IsSigned(string body, HeaderDictionary headers) => Facebook.IsSigned(headers, Encoding.UTF8.GetBytes(body), Source(Secret));

    private static bool IsSigned(string body, string signature, params string[] secrets) =>
        Facebook.IsSigned(new HeaderDictionary { ["X-Hub-Signature-256"] = signature }, Encoding.UTF8.GetBytes(body), Source(secrets));

    private static Source Source(params string[] secrets) =>
        new("page", Facebook.Platform, CommunityId.Parse("demo"), [.. secrets.Select(Encoding.UTF8.GetBytes)], "meatyhamhock");
}
