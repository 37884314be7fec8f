using Moderato.Comments;
using Moderato.Local.Demo;
using Xunit;

namespace Moderato.Tests.Demo;

public sealed class DemoScriptTests
{
    private static readonly string[] Platforms =
        ["facebook", "instagram", "trustpilot", "forum", "youtube", "telegram", "linkedin", "wordpress"];
    private static readonly string[] Sentiments = ["negative", "neutral", "positive"];
    private static readonly string[] Kinds = ["question", "praise", "criticism", "anger", "insult", "spam", "other"];

    private readonly DemoScript _script = DemoScript.Load();

    [Fact]
    public void ThereIsADayOfCommentsFromManyPeople()
    {
        Assert.True(_script.Comments.Count >= 120);
        Assert.True(_script.Comments.Select(c => c.Author.Name).Distinct().Count() >= 60);
    }

    [Fact]
    public void IdsAreUnique() => Assert.Equal(_script.Comments.Count, _script.Comments.Select(c => c.Id).Distinct().Count());

    [Fact]
    public void EveryPlatformHasItsPart() =>
        Assert.Equal(Platforms.Order(), _script.Comments.Select(c => c.Platform).Distinct().Order());

    [Fact]
    public void ItalianLeadsAndEnglishIsAThird()
    {
        Assert.All(_script.Comments, c => Assert.Contains(c.Language, new[] { "it", "en" }));
        Assert.InRange(_script.Comments.Count(c => c.Language == "it") / (double)_script.Comments.Count, 0.6, 0.7);
    }

    [Fact]
    public void EveryCommentIsCompleteAndJudged() => Assert.All(_script.Comments, c =>
    {
        Assert.True(PlatformId.TryParse(c.Platform, out _));
        Assert.InRange(c.Text.Length, 1, CommentLimits.Text);
        Assert.InRange(c.Channel.Length, 1, CommentLimits.Channel);
        Assert.NotEmpty(c.ThreadId);
        Assert.NotEmpty(c.Author.Id);
        Assert.InRange(c.AgeSeconds, 1, 86_400);
        Assert.Contains(c.Expect.Sentiment, Sentiments);
        Assert.Contains(c.Expect.Kind, Kinds);
    });

    [Fact]
    public void ARepliesParentIsOlderAndInTheSameThread() => Assert.All(_script.Comments.Where(c => c.ParentId is not null), reply =>
    {
        var parent = Assert.Single(_script.Comments, c => c.Id == reply.ParentId);
        Assert.Equal((reply.Platform, reply.ThreadId), (parent.Platform, parent.ThreadId));
        Assert.True(parent.AgeSeconds > reply.AgeSeconds);
    });

    [Fact]
    public void OneAngryPersonBecomesAMutinyOnThreeChannels()
    {
        var angry = _script.Comments.Where(c => c.Cause is not null).OrderByDescending(c => c.AgeSeconds).ToList();

        Assert.Single(angry.Select(c => c.Cause).Distinct());
        Assert.True(angry.Select(c => c.Author.Name).Distinct().Count() >= 10);
        Assert.Equal(3, angry.Select(c => c.Channel).Distinct().Count());
        Assert.All(angry, c => Assert.Equal("negative", c.Expect.Sentiment));
        Assert.All(angry, c => Assert.InRange(c.AgeSeconds, 1, 3_600));
        Assert.Equal(angry[0].Author, angry[1].Author);
    }

    [Fact]
    public void EditsRemovalsAndDuplicatesReferToComments()
    {
        Assert.Equal(2, _script.Edits.Count);
        Assert.Single(_script.Removals);
        Assert.Equal(3, _script.Duplicates.Count);
        Assert.All(_script.Edits, edit =>
        {
            var comment = Assert.Single(_script.Comments, c => c.Id == edit.CommentId);
            Assert.NotEqual(comment.Text, edit.Text);
            Assert.InRange(edit.AgeSeconds, 0, comment.AgeSeconds - 1);
            Assert.Contains(edit.Expect.Sentiment, Sentiments);
            Assert.Contains(edit.Expect.Kind, Kinds);
            Assert.DoesNotContain(_script.Removals, removal => removal.CommentId == edit.CommentId);
        });
        Assert.All(_script.Removals, removal =>
        {
            var comment = Assert.Single(_script.Comments, c => c.Id == removal.CommentId);
            Assert.InRange(removal.AgeSeconds, 0, comment.AgeSeconds - 1);
        });
        Assert.All(_script.Duplicates, id => Assert.Single(_script.Comments, c => c.Id == id));
    }
}
