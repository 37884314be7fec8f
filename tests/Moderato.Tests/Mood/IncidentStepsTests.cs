using Moderato.Mood;
using Xunit;

namespace Moderato.Tests.Mood;

public sealed class IncidentStepsTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);

    private static Incident Opened(Level level) => IncidentSteps.Open(SomeMood.Finding(level, Nine), Labels.None, Nine);

    private static Incident Follow(Incident incident, Level level, int minutes) => incident.Follow(SomeMood.Finding(level, Nine.AddMinutes(minutes)), Nine.AddMinutes(minutes));

    [Fact]
    public void UpIsToldAtOnceAndDownOnlyWhenAllIsClear()
    {
        var incident = Opened(Level.Unrest);
        Assert.Equal(1, incident.Change);
        incident = Follow(incident, Level.Mutiny, 1);
        Assert.Equal((2, Level.Mutiny, Level.Mutiny), (incident.Change, incident.Level, incident.Highest));
        incident = Follow(incident, Level.Unrest, 2);
        Assert.Equal((2, Level.Unrest, Level.Mutiny), (incident.Change, incident.Level, incident.Highest));
        incident = Follow(incident, Level.Crisis, 3); // worse again, and not worse than was told
        Assert.Equal(2, incident.Change);
        incident = Follow(incident, Level.Calm, 4);
        Assert.Equal((3, IncidentState.Over), (incident.Change, incident.State));
        Assert.Equal(
            [IncidentEventKind.Opened, IncidentEventKind.LevelChanged, IncidentEventKind.LevelChanged, IncidentEventKind.LevelChanged, IncidentEventKind.AllClear],
            incident.Timeline.Select(e => e.What));
    }

    [Fact]
    public void TheSameAgainChangesNothing()
    {
        var incident = Opened(Level.Crisis);
        Assert.Same(incident, Follow(incident, Level.Crisis, 1));
        var over = Follow(incident, Level.Calm, 2);
        Assert.Same(over, over.Calm(Nine.AddMinutes(3), by: null));
    }

    [Fact]
    public void TheFiguresOfTheWorstMomentStay()
    {
        var worst = SomeMood.Finding(Level.Crisis, Nine.AddMinutes(5), people: 30);
        var incident = Opened(Level.Unrest).Follow(worst, Nine.AddMinutes(5)).Follow(SomeMood.Finding(Level.Unrest, Nine.AddMinutes(20), people: 9), Nine.AddMinutes(20));
        Assert.Equal((30, 60, Nine.AddMinutes(20)), (incident.People, incident.Comments, incident.LastAt));
    }

    [Fact]
    public void WhatRisesAgainIsTheSameIncidentAndNobodysYet()
    {
        var incident = Follow(Opened(Level.Unrest).Acknowledge("anna", null, Nine), Level.Calm, 10);
        var again = Follow(incident, Level.Unrest, 60);
        Assert.Equal((IncidentState.Open, null, "anna", null), (again.State, again.AcknowledgedBy, again.Owner, again.CalmAt));
        Assert.Equal(IncidentEventKind.Reopened, again.Timeline[^1].What);
        Assert.Equal(3, again.Change);
    }

    [Fact]
    public void WhatSomebodyClosedStaysClosedUnlessItBecomesWorse()
    {
        var closed = Opened(Level.Unrest).Close("anna", "called them", Nine);
        Assert.Equal(IncidentState.Closed, Follow(closed, Level.Unrest, 1).State);
        Assert.Equal(IncidentState.Open, Follow(closed, Level.Crisis, 1).State);
        var calm = Follow(closed, Level.Calm, 1);
        Assert.Equal((IncidentState.Closed, 2, Nine.AddMinutes(1)), (calm.State, calm.Change, calm.CalmAt));
        Assert.Equal(IncidentState.Open, Follow(calm, Level.Unrest, 2).State);
    }

    [Theory]
    [InlineData(Level.Unrest, 60, false)]
    [InlineData(Level.Crisis, 29, false)]
    [InlineData(Level.Crisis, 30, true)]
    [InlineData(Level.Mutiny, 30, true)]
    public void NobodySawToIt(Level level, int minutes, bool escalates)
    {
        var incident = Opened(level).Escalate(TimeSpan.FromMinutes(30), Nine.AddMinutes(minutes));
        Assert.Equal(escalates, incident.Timeline[^1].What == IncidentEventKind.Escalated);
        Assert.Same(incident, incident.Escalate(TimeSpan.FromMinutes(30), Nine.AddMinutes(minutes)));
    }

    [Fact]
    public void WhoeverSeesToItEndsTheWait() =>
        Assert.DoesNotContain(Opened(Level.Mutiny).Acknowledge("anna", null, Nine).Escalate(TimeSpan.FromMinutes(30), Nine.AddHours(2)).Timeline, e => e.What == IncidentEventKind.Escalated);

    [Fact]
    public void TheTimeIsCountedFromWhenTheCrisisWasTold()
    {
        var incident = Follow(Opened(Level.Unrest), Level.Crisis, 60);
        Assert.Same(incident, incident.Escalate(TimeSpan.FromMinutes(30), Nine.AddMinutes(89)));
        Assert.NotSame(incident, incident.Escalate(TimeSpan.FromMinutes(30), Nine.AddMinutes(90)));
    }

    [Fact]
    public void AnIdSaysWhenItOpened()
    {
        var incident = Opened(Level.Unrest);
        Assert.True(Incident.TryReadId(incident.Id, out var openedAt));
        Assert.Equal(Nine, openedAt);
        Assert.All(["", "x", "../settings", incident.Id.ToUpperInvariant() + "A", incident.Id[..^1] + "'"], no => Assert.False(Incident.TryReadId(no, out _)));
    }

    [Fact]
    public void ALongTimelineKeepsItsBeginning()
    {
        var incident = Opened(Level.Unrest);
        for (var i = 0; i < 200; i++)
            incident = incident.Note($"{i}", "anna", Nine);
        Assert.Equal(Incident.LongestTimeline, incident.Timeline.Count);
        Assert.Equal((IncidentEventKind.Opened, "199"), (incident.Timeline[0].What, incident.Timeline[^1].Note));
    }
}
