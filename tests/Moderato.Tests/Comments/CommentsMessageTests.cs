using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Moderato.Comments;
using Xunit;

namespace Moderato.Tests.Comments;

public sealed class CommentsMessageTests
{
    private static readonly CommunityId Community = CommunityId.Parse("demo");
    private static readonly string[] Pieces = ["ciao", "😀", "è", "\"", "\\", "\n", "\u0001", "<b>", "日本", " ", "'", "\u2028", ""];

    [Fact]
    public void WhatIsPackedIsParsedAgain() => Prop.ForAll(Some().ListOf().ToArbitrary(), comments =>
    {
        var messages = CommentsMessage.Pack(Community, comments).Select(m => CommentsMessage.Parse(Encoding.UTF8.GetString(m))).ToList();
        Assert.Equal(comments, messages.SelectMany(m => m.Items).Select(i => i.Comment!));
        Assert.All(messages, m => Assert.Equal(Community, m.Community));
        Assert.All(messages, m => Assert.All(m.Items, i => Assert.Equal(i.Comment!.Key, i.Key)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void NoMessageIsTooLongOrHasTooManyComments() => Prop.ForAll(
        Gen.Choose(0, CommentLimits.Text).Select(length => Make("1", new string('è', length))).ListOf().ToArbitrary(),
        comments =>
        {
            var packed = CommentsMessage.Pack(Community, comments).ToList();
            Assert.All(packed, m => Assert.InRange(m.Length, 1, CommentsMessage.LongestMessage));
            var items = packed.SelectMany(m => CommentsMessage.Parse(Encoding.UTF8.GetString(m)).Items).ToList();
            Assert.Equal(comments.Select(c => c.Key), items.Select(i => i.Key));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, new int[0])]
    [InlineData(1, new[] { 1 })]
    [InlineData(32, new[] { 32 })]
    [InlineData(33, new[] { 32, 1 })]
    [InlineData(100, new[] { 32, 32, 32, 4 })]
    public void AMessageHasThirtyTwoCommentsAtMost(int comments, int[] expected) => Assert.Equal(
        expected,
        CommentsMessage.Pack(Community, Enumerable.Range(0, comments).Select(i => Make($"{i}", "x"))).Select(m => CommentsMessage.Parse(Encoding.UTF8.GetString(m)).Items.Count));

    [Fact]
    public void ACommentTooLongForAMessageTravelsAsAReference()
    {
        Comment[] comments = [Make("a", "x"), Make("b", string.Concat(Enumerable.Repeat("世", CommentLimits.Text))), Make("c", "x")];
        var message = CommentsMessage.Parse(Encoding.UTF8.GetString(Assert.Single(CommentsMessage.Pack(Community, comments))));
        Assert.Equal(["a", "b", "c"], message.Items.Select(i => i.Key.Id));
        Assert.Equal([comments[0], null, comments[2]], message.Items.Select(i => i.Comment));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("zzwordszz")]
    [InlineData("\"zzwordszz\"")]
    [InlineData("""{"zzwordszz":""")]
    [InlineData("{}")]
    [InlineData("""{"type":"comments","version":2,"community":"demo","items":[]}""")]
    [InlineData("""{"type":"comments","version":"zzwordszz","community":"demo","items":[]}""")]
    [InlineData("""{"type":"comments","version":1.5,"community":"demo","items":[]}""")]
    [InlineData("""{"type":"comments","version":99999999999,"community":"demo","items":[]}""")]
    [InlineData("""{"type":"zzwordszz","version":1,"community":"demo","items":[]}""")]
    [InlineData("""{"type":1,"version":1,"community":"demo","items":[]}""")]
    [InlineData("""{"type":"comments","type":"comments","version":1,"community":"demo","items":[]}""")]
    [InlineData("""{"zzwordszz":1,"zzwordszz":1,"type":"comments","version":1,"community":"demo","items":[]}""")]
    [InlineData("""{"type":"comments","version":1,"community":"zzwordszz !","items":[]}""")]
    [InlineData("""{"type":"comments","version":1,"items":[]}""")]
    [InlineData("""{"type":"comments","version":1,"community":"demo"}""")]
    [InlineData("""{"type":"comments","version":1,"community":"demo","items":null}""")]
    [InlineData("""{"type":"comments","version":1,"community":"demo","items":"zzwordszz"}""")]
    [InlineData("""{"type":"comments","version":1,"community":"demo","items":["zzwordszz"]}""")]
    [InlineData("""{"type":"comments","version":1,"community":"demo","items":[null]}""")]
    [InlineData("""{"type":"comments","version":1,"community":"demo","items":[{}]}""")]
    [InlineData("""{"type":"comments","version":1,"community":"demo","items":[{"platform":"forum","id":null}]}""")]
    [InlineData("""{"type":"comments","version":1,"community":"demo","items":[{"platform":"forum","id":""}]}""")]
    [InlineData("""{"type":"comments","version":1,"community":"demo","items":[{"platform":null,"id":"1"}]}""")]
    [InlineData("""{"type":"comments","version":1,"community":"demo","items":[{"platform":"Zz words zz","id":"1","text":"zzwordszz"}]}""")]
    [InlineData("""{"type":"comments","version":1,"community":"demo","items":[{"platform":"forum","id":"1","createdAt":"zzwordszz"}]}""")]
    [InlineData("""{"type":"comments","version":1,"community":"demo","items":[{"platform":"forum","id":"1","text":"zzwordszz \ud800"}]}""")]
    public void WhatIsNoMessageIsRefusedWithoutRepeatingIt(string text)
    {
        var refusal = Assert.Throws<FormatException>(() => CommentsMessage.Parse(text));
        Assert.DoesNotContain("zzwordszz", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AMessageCutShortAnywhereIsRefused()
    {
        var message = Encoding.UTF8.GetString(CommentsMessage.Pack(Community, [Make("1", "zzwordszz")]).Single());
        for (var length = 0; length < message.Length; length++)
        {
            var refusal = Assert.Throws<FormatException>(() => CommentsMessage.Parse(message[..length]));
            Assert.DoesNotContain("zzwordszz", refusal.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ATombstoneIsNoReference()
    {
        var tombstone = Make("1", "parole").AsTombstone();
        Assert.Equal(tombstone, CommentsMessage.Parse(Encoding.UTF8.GetString(CommentsMessage.Pack(Community, [tombstone]).Single())).Items.Single().Comment);
    }

    private static Gen<Comment> Some() =>
        from id in Text()
        from text in Text()
        from name in Gen.OneOf(Gen.Constant<string?>(null), Text().Select(t => (string?)t))
        from author in Gen.Elements(true, false)
        from edited in Gen.Elements(true, false)
        from removed in Gen.Elements(true, false)
        from revision in Gen.Choose(1, 9)
        from ticks in Gen.Choose(0, int.MaxValue)
        let made = Make($"i{id}", text) with
        {
            Author = author ? new Author($"a{id}", name) : null,
            ThreadId = name,
            Permalink = name,
            EditedAt = edited ? new DateTimeOffset(638_000_000_000_000_000L + ticks, TimeSpan.Zero) : null,
            Revision = revision,
            ReceivedAt = new DateTimeOffset(638_900_000_000_000_000L + ticks, TimeSpan.Zero),
        }
        select removed ? made.AsTombstone() : made;

    private static Gen<string> Text() => Gen.Elements(Pieces).ListOf().Select(p => string.Concat(p));

    private static Comment Make(string id, string text) => new()
    {
        Community = Community,
        Key = new CommentKey(PlatformId.Parse("forum"), id),
        Channel = "negozio",
        Text = text,
        FirstReceivedAt = new DateTimeOffset(2026, 3, 10, 9, 30, 0, TimeSpan.Zero),
        ReceivedAt = new DateTimeOffset(2026, 3, 10, 9, 30, 0, TimeSpan.Zero),
    };
}
