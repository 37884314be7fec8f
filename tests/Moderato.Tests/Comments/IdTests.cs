using System.Buffers.Text;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Moderato.Comments;
using Xunit;

namespace Moderato.Tests.Comments;

public sealed class IdTests
{
    private static readonly string[] Pieces = ["1_2", "/", "😀", "日本", "è", "~", " ", "\n", "+", "=", "a"];

    [Fact]
    public void AnOutcomesIdSaysWhereTheOutcomeLies() => Prop.ForAll(
        Gen.Elements(Pieces).NonEmptyListOf().Select(p => string.Concat(p)).ToArbitrary(),
        Gen.Choose(0, int.MaxValue).Select(t => new DateTimeOffset(638_900_000_000_000_000L + t, TimeSpan.Zero)).ToArbitrary(),
        (id, at) =>
        {
            var outcome = new OutcomeId(at, new CommentKey(PlatformId.Parse("forum"), id));
            var text = outcome.ToString();
            Assert.Matches("^[A-Za-z0-9_-]+$", text);
            Assert.True(OutcomeId.TryParse(text, out var parsed));
            Assert.Equal(outcome, parsed);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void TheLongestIdHasItsOutcomesId()
    {
        var outcome = new OutcomeId(DateTimeOffset.MaxValue, new CommentKey(PlatformId.Parse(new string('p', 32)), new string('世', CommentLimits.Id)));
        Assert.True(OutcomeId.TryParse(outcome.ToString(), out var parsed));
        Assert.Equal(outcome, parsed);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAA")]
    [InlineData("not base64!")]
    [InlineData("../../etc/passwd")]
    [InlineData("A")]
    public void GarbageIsNoOutcomesId(string? text) => Assert.False(OutcomeId.TryParse(text, out _));

    [Theory]
    [InlineData(-1, "forum/1")]
    [InlineData(long.MaxValue, "forum/1")]
    [InlineData(long.MinValue, "forum/1")]
    [InlineData(1, "forum")]
    [InlineData(1, "forum/")]
    [InlineData(1, "/1")]
    [InlineData(1, "Forum/1")]
    [InlineData(1, "a~b/1")]
    public void WhatCannotBeIsNoOutcomesId(long ticks, string key) => Assert.False(OutcomeId.TryParse(Encode(ticks, key), out _));

    [Fact]
    public void ATooLongIdIsNoOutcomesId()
    {
        Assert.True(OutcomeId.TryParse(Encode(1, $"forum/{new string('x', CommentLimits.Id)}"), out _));
        Assert.False(OutcomeId.TryParse(Encode(1, $"forum/{new string('x', CommentLimits.Id + 1)}"), out _));
        Assert.False(OutcomeId.TryParse(new string('A', 5_000), out _));
    }

    [Fact]
    public void AnyBytesAreReadOrRefused() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            if (OutcomeId.TryParse(Base64Url.EncodeToString(bytes ?? []), out var id))
                Assert.NotEmpty(id.Value.Key.Id);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a", true)]
    [InlineData("0", true)]
    [InlineData("bottega-demo-2", true)]
    [InlineData("a-", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("-a", false)]
    [InlineData("A", false)]
    [InlineData("a_b", false)]
    [InlineData("a.b", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("è", false)]
    [InlineData("٣", false)]
    [InlineData("a\n", false)]
    public void AnIdIsLowerCaseLettersDigitsAndHyphens(string? text, bool valid)
    {
        Assert.Equal(valid, CommunityId.TryParse(text, out var community));
        Assert.Equal(valid, PlatformId.TryParse(text, out var platform));
        Assert.Equal(valid ? text : "", community.ToString());
        Assert.Equal(valid ? text : "", platform.ToString());
    }

    [Fact]
    public void AnIdHasItsLength()
    {
        Assert.Equal(40, CommunityId.Parse(new string('a', 40)).ToString().Length);
        Assert.Equal(32, PlatformId.Parse(new string('a', 32)).ToString().Length);
        Assert.False(CommunityId.TryParse(new string('a', 41), out _));
        Assert.False(PlatformId.TryParse(new string('a', 33), out _));
    }

    [Fact]
    public void ARefusalDoesNotRepeatTheText()
    {
        Assert.DoesNotContain("zzwordszz", Assert.Throws<FormatException>(() => CommunityId.Parse("zzwordszz!")).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("zzwordszz", Assert.Throws<FormatException>(() => PlatformId.Parse("zzwordszz!")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EqualTextsAreEqualIds()
    {
        Assert.Equal(CommunityId.Parse("demo"), CommunityId.Parse(new StringBuilder("de").Append("mo").ToString()));
        Assert.NotEqual(CommunityId.Parse("demo"), CommunityId.Parse("demo2"));
    }

    private static string Encode(long ticks, string key)
    {
        var bytes = new byte[8 + Encoding.UTF8.GetByteCount(key)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, ticks);
        Encoding.UTF8.GetBytes(key, bytes.AsSpan(8));
        return Base64Url.EncodeToString(bytes);
    }
}
