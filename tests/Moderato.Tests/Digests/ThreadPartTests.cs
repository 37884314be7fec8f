using Moderato.Comments;
using Moderato.Digests;
using Xunit;

namespace Moderato.Tests.Digests;

public sealed class ThreadPartTests
{
    private static readonly DateTimeOffset End = SomeDay.Hour.AddHours(14);

    [Fact]
    public void AConversationThatPeopleLikedAndThatWentQuietIsWorthTakingUpAgain()
    {
        var item = Assert.Single(ThreadPart.Of([Hour(0, Thread(1, comments: 3, positive: 2, people: [1, 2])), Hour(1, Thread(1, comments: 2, positive: 1, people: [2, 3, 4]))], End).Items);
        Assert.Equal((ThreadHint.WentQuiet, 4, 5, 3, SomeDay.Hour.AddHours(1)), (item.Hint, item.People, item.Comments, item.Positive, item.LastAt));
        Assert.Equal("newest-1", item.OutcomeId);
    }

    [Theory]
    [InlineData(3, 5, 5, 0)] // three people only
    [InlineData(4, 5, 2, 0)] // they did not like it
    [InlineData(4, 5, 5, 3)] // it is not quiet yet
    public void OneThatIsNotIsLeftAlone(int people, int comments, int positive, int hour) => Assert.Empty(
        ThreadPart.Of([Hour(hour, Thread(1, comments, positive, [.. Enumerable.Range(1, people).Select(p => (ulong)p)]))], End).Items);

    [Fact]
    public void WhatSeveralAskedAndNobodyAnsweredIsShown()
    {
        var asked = Thread(1, 2, 0, [1, 2]) with { Asked = [new Asked(10, 1, SomeDay.Hour), new Asked(11, 2, SomeDay.Hour)] };
        Assert.Equal(ThreadHint.Unanswered, Assert.Single(ThreadPart.Of([Hour(0, asked)], End).Items).Hint);

        // Their own reply is no answer; somebody else's is; and so is whatever the community writes there afterwards.
        Assert.Single(ThreadPart.Of([Hour(0, asked), Hour(1) with { Answers = [new KnownAnswer(10, 1, "x")] }], End).Items);
        Assert.Empty(ThreadPart.Of([Hour(0, asked), Hour(1) with { Answers = [new KnownAnswer(10, 7, "x")] }], End).Items);
        Assert.Empty(ThreadPart.Of([Hour(0, asked), Hour(1, Thread(1, 1, 0, [3]) with { OwnAt = SomeDay.Hour.AddMinutes(70) })], End).Items);
        Assert.Single(ThreadPart.Of([Hour(0, asked with { OwnAt = SomeDay.Hour.AddMinutes(-1) })], End).Items);
    }

    [Fact]
    public void TheThreeWithMostPeopleAreShown()
    {
        var threads = Enumerable.Range(1, 5).Select(t => Thread((ulong)t, 9, 9, [.. Enumerable.Range(0, 3 + t).Select(p => (ulong)p)]));
        var shown = ThreadPart.Of([Hour(0, [.. threads])], End);
        Assert.Equal((5, 3), (shown.Total, shown.Items.Count));
        Assert.Equal([8, 7, 6], shown.Items.Select(i => i.People));
    }

    private static HourRollup Hour(int hour, params ThreadHour[] threads) =>
        HourRollup.Of(SomeDay.Community, SomeDay.Hour.AddHours(hour), [], Completeness.Empty) with
        {
            Threads = [.. threads.Select(t => t with { Newest = $"newest-{hour}", NewestAt = SomeDay.Hour.AddHours(hour) })],
        };

    private static ThreadHour Thread(ulong id, int comments, int positive, ulong[] people) =>
        new(id, PlatformId.Parse("instagram"), "bottega", comments, positive, PeopleSketch.Of(people), [], "", SomeDay.Hour, null);
}
