using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Moderato.Comments;
using Moderato.Storage;
using Xunit;

namespace Moderato.Tests.Storage;

public sealed class KeysTests
{
    private static readonly CommunityId Community = CommunityId.Parse("demo");
    private static readonly string[] Pieces = ["a", "Z", "0", "_", "-", ".", ":", "~", "/", "\\", "#", "?", "!", "!!", "!7e", "%", "'", " ", "\0", "\n", "\u007f", "è", "😀", new string('x', 100)];

    [Theory]
    [InlineData("901_905-a.b:c", "901_905-a.b:c")]
    [InlineData("~/\\#?", "!7e!2f!5c!23!3f")]
    [InlineData("!", "!21")]
    [InlineData("è", "!c3!a8")]
    [InlineData("", "")]
    public void WhatIsNotAtHomeInAKeyIsEscaped(string text, string escaped) => Assert.Equal(escaped, Keys.Escape(text));

    [Fact]
    public void AnEscapedTextHasOnlyWhatAKeyMayHave() => Prop.ForAll(Texts(), text =>
        Assert.Matches("^[A-Za-z0-9_.:!-]{0,160}$", Keys.Escape(text))).QuickCheckThrowOnFailure();

    [Fact]
    public void DistinctTextsHaveDistinctKeys() => Prop.ForAll(Texts(), Texts(), (a, b) => a == b == (Keys.Escape(a) == Keys.Escape(b))).QuickCheckThrowOnFailure();

    [Fact]
    public void AnEscapedTextIsNeverTakenForAnother() => Prop.ForAll(Texts(), text =>
        Keys.Escape(text) == text || Keys.Escape(Keys.Escape(text)) != Keys.Escape(text)).QuickCheckThrowOnFailure();

    [Fact]
    public void ALongTextKeepsItsBeginningAndIsTold()
    {
        var longest = new string('x', 160);
        Assert.Equal(longest, Keys.Escape(longest));
        var (one, other) = (Keys.Escape(longest + "1"), Keys.Escape(longest + "2"));
        Assert.Equal((160, 160), (one.Length, other.Length));
        Assert.Equal(longest[..94] + "!!", one[..96]);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void AnAuthorsPartitionIsHisAlone() => Prop.ForAll(Texts(), Texts(), (a, b) =>
        a == b || Keys.AuthorPartition(Community, PlatformId.Parse("x"), a) != Keys.AuthorPartition(Community, PlatformId.Parse("x"), b)).QuickCheckThrowOnFailure();

    [Fact]
    public void EveryKeyFitsIntoAKilobyte()
    {
        var key = new CommentKey(PlatformId.Parse(new string('p', 32)), new string('世', CommentLimits.Id));
        var community = CommunityId.Parse(new string('c', 40));
        string[] keys =
        [
            Keys.CommentPartition(community, key), Keys.CommentRow(key), Keys.ReceiptRow(key, int.MaxValue, DateTimeOffset.MaxValue), Keys.DuplicateRow(key, DateTimeOffset.MaxValue),
            Keys.OutcomePartition(community, DateTimeOffset.MaxValue), Keys.OutcomeRow(DateTimeOffset.MaxValue, key), Keys.AuthorPartition(community, key.Platform, key.Id),
            Keys.AuthorRow(DateTimeOffset.MinValue, key), Keys.DeadLetterRow(DateTimeOffset.MaxValue, key), Keys.UnreadableRow(key.Id),
        ];
        Assert.All(keys, k => Assert.InRange(Encoding.Unicode.GetByteCount(k), 1, 1024));
    }

    [Fact]
    public void KeysOfTimesSortAsTheTimes() => Prop.ForAll(Times(), Times(), (a, b) =>
        Math.Sign(string.CompareOrdinal(Keys.Time(a), Keys.Time(b))) == a.CompareTo(b) && Keys.Time(a).Length == 21).QuickCheckThrowOnFailure();

    [Fact]
    public void AnAuthorsNewestCommentIsHisFirstRow() => Prop.ForAll(Times(), Times(), (a, b) =>
        Math.Sign(string.CompareOrdinal(Keys.AuthorRow(a, Key("1")), Keys.AuthorRow(b, Key("1")))) == b.CompareTo(a)).QuickCheckThrowOnFailure();

    [Fact]
    public void TheNewestDigestIsTheFirstRow() => Prop.ForAll(Days(), Days(), (a, b) =>
        Math.Sign(string.CompareOrdinal(Keys.DigestRow(a), Keys.DigestRow(b))) == Math.Sign(b.CompareTo(a))).QuickCheckThrowOnFailure();

    [Fact]
    public void ARangeHasItsBeginningAndNotItsEnd() => Prop.ForAll(Times(), Times(), Times(), (from, to, at) =>
    {
        var receipts = Keys.ReceiptRange(from, to);
        var duplicates = Keys.DuplicateRange(from, to);
        Assert.Equal(at >= from && at < to, IsWithin(Keys.ReceiptRow(Key("1"), 1, at), receipts));
        Assert.Equal(at >= from && at < to, IsWithin(Keys.DuplicateRow(Key("1"), at), duplicates));
        Assert.False(IsWithin(Keys.DuplicateRow(Key("1"), at), receipts));
        Assert.False(IsWithin(Keys.CommentRow(Key("1")), receipts));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TheSameInstantHasTheSameKeyInEveryZone()
    {
        var instant = new DateTimeOffset(2026, 3, 10, 23, 30, 0, TimeSpan.Zero);
        Assert.Equal(Keys.Time(instant), Keys.Time(instant.ToOffset(TimeSpan.FromHours(9))));
        Assert.Equal("demo~2026031023", Keys.OutcomePartition(Community, instant.ToOffset(TimeSpan.FromHours(9))));
        Assert.Equal(("demo~20260310", "23"), (Keys.RollupPartition(Community, instant), Keys.RollupRow(instant)));
    }

    [Fact]
    public void EveryCommentLiesInOneOfTheShards() => Prop.ForAll(Texts(), id =>
        Keys.CommentPartitions(Community).Contains(Keys.CommentPartition(Community, Key(id)))).QuickCheckThrowOnFailure();

    [Fact]
    public void NoCommunityReachesIntoAnother()
    {
        Assert.Equal(Keys.Shards, Keys.CommentPartitions(Community).Distinct().Count());
        Assert.Empty(Keys.CommentPartitions(Community).Intersect(Keys.CommentPartitions(CommunityId.Parse("demo2"))));
        Assert.NotEqual(
            Keys.AuthorPartition(CommunityId.Parse("a"), PlatformId.Parse("b"), "c~d"), Keys.AuthorPartition(CommunityId.Parse("a"), PlatformId.Parse("b"), "c"));
    }

    private static bool IsWithin(string row, (string From, string To) range) =>
        string.CompareOrdinal(row, range.From) >= 0 && string.CompareOrdinal(row, range.To) < 0;

    private static CommentKey Key(string id) => new(PlatformId.Parse("forum"), id);

    private static Arbitrary<string> Texts() => Gen.Elements(Pieces).ListOf().Select(p => string.Concat(p)).ToArbitrary();

    private static Arbitrary<DateTimeOffset> Times() =>
        Gen.Choose(0, 1_000).SelectMany(s => Gen.Choose(0, 3).Select(t => new DateTimeOffset(638_900_000_000_000_000L, TimeSpan.Zero).AddHours(s * 7).AddTicks(t))).ToArbitrary();

    private static Arbitrary<DateOnly> Days() => Gen.Choose(700_000, 760_000).Select(DateOnly.FromDayNumber).ToArbitrary();
}
