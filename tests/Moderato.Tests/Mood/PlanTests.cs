using Moderato.Mood;
using Xunit;

namespace Moderato.Tests.Mood;

/// <summary>A cause and the channels that it happens on are one incident.</summary>
public sealed class PlanTests
{
    private const uint Parcel = 17;
    private const uint Price = 23;
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);
    private static readonly Scope OnPage = new(ScopeKind.Channel, "instagram/page");
    private static readonly Scope OfParcels = new(ScopeKind.Cause, "17");

    /// <summary>People 1 to 10 complain about parcels on the page, 11 to 14 about prices there, 21 to 30 about parcels on the shop's.</summary>
    private static readonly Voice[] Voices =
    [
        .. Enumerable.Range(1, 10).Select(i => Unhappy(i, "page", Parcel)), .. Enumerable.Range(11, 4).Select(i => Unhappy(i, "page", Price)),
        .. Enumerable.Range(21, 10).Select(i => Unhappy(i, "shop", Parcel)),
    ];

    [Fact]
    public void TheChannelsOfACauseOpenNothingOfTheirOwn()
    {
        var plan = Of([Found(OnPage, Level.Crisis, "page"), Found(new(ScopeKind.Channel, "instagram/shop"), Level.Crisis, "shop"), Found(OfParcels, Level.Crisis, "page", Parcel)]);
        Assert.Equal(OfParcels, Assert.Single(plan.Open).Scope);
    }

    [Fact]
    public void AChannelWithOtherTroubleHasAnIncidentOfItsOwn()
    {
        var plan = Of([Found(OnPage, Level.Unrest, "page"), Found(new(ScopeKind.Cause, "23"), Level.Unrest, "page", Price)]);
        Assert.Equal(2, plan.Open.Count);
    }

    [Fact]
    public void AChannelsIncidentGoesOnAsItsCauses()
    {
        var channel = Standing(Found(OnPage, Level.Unrest, "page"));
        // What a cause explains is no longer found on its channel.
        var plan = Of([Found(OnPage, Level.Calm, "page"), Found(OfParcels, Level.Crisis, "page", Parcel)], channel);
        Assert.Empty(plan.Open);
        Assert.Empty(plan.Follow);
        Assert.Equal((channel, OfParcels), (Assert.Single(plan.Adopt).Incident, plan.Adopt[0].Finding.Scope));
    }

    [Fact]
    public void ASecondChannelsIncidentJoinsTheCauses()
    {
        var (cause, shop) = (Standing(Found(OfParcels, Level.Crisis, "page", Parcel)), Standing(Found(new(ScopeKind.Channel, "instagram/shop"), Level.Unrest, "shop")));
        var plan = Of([Found(OfParcels, Level.Crisis, "page", Parcel), Found(new(ScopeKind.Channel, "instagram/shop"), Level.Calm, "shop")], cause, shop);
        Assert.Equal(cause, Assert.Single(plan.Follow).Incident);
        Assert.Equal((shop, OfParcels), (Assert.Single(plan.Join).Incident, plan.Join[0].Into.Scope));
    }

    [Fact]
    public void WhoeverIsPartOfACrowdIsNoComplaintOfTheirOwn()
    {
        var person = new Scope(ScopeKind.Person, "1");
        var complaint = Found(person, Level.Complaint, "page") with { Outcomes = [Voices[0].OutcomeId], People = 1 };
        Assert.Single(Of([complaint]).Open);
        Assert.DoesNotContain(Of([complaint, Found(OfParcels, Level.Crisis, "page", Parcel)]).Open, f => f.Scope == person);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void WhatRisesAgainWithinSixHoursIsTheSameIncident(int hours, bool same)
    {
        var calm = Standing(Found(OfParcels, Level.Crisis, "page", Parcel)).Incident.Calm(Now.AddHours(-hours), by: null);
        var plan = Of([Found(OfParcels, Level.Crisis, "page", Parcel)], new StandingIncident(calm, "tag"));
        Assert.Equal((same ? 1 : 0, same ? 0 : 1), (plan.Follow.Count, plan.Open.Count));
    }

    [Fact]
    public void WhatSomebodyClosedIsWatchedUntilItIsCalm()
    {
        var closed = new StandingIncident(Standing(Found(OfParcels, Level.Crisis, "page", Parcel)).Incident.Close("anna", "answered", Now), "tag");
        Assert.Equal(Level.Crisis, Plan.StandingOf([closed])[OfParcels]);
        var plan = Of([Found(OfParcels, Level.Crisis, "page", Parcel), Found(OnPage, Level.Crisis, "page")], closed);
        Assert.Empty(plan.Open);
    }

    private static Plan Of(IReadOnlyList<Finding> findings, params StandingIncident[] incidents) => Plan.Of(findings, incidents, new PeopleBehind(Voices, Now), Now);

    private static StandingIncident Standing(Finding finding) => new(IncidentSteps.Open(finding, Labels.None, Now.AddMinutes(-10)), "tag");

    private static Finding Found(Scope scope, Level level, string channel, params uint[] terms) =>
        SomeMood.Finding(level, Now, scope: scope) with { Channels = [(SomeMood.Instagram, channel)], Terms = terms };

    private static Voice Unhappy(int person, string channel, uint term) => new($"outcome-{person}", SomeMood.Instagram, channel, (uint)person, Now.AddMinutes(-5)) { Unhappy = true, Anger = 0.6, Terms = [term] };
}
