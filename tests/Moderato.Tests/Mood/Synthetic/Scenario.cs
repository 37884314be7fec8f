using Moderato.Mood;

namespace Moderato.Tests.Mood.Synthetic;

/// <summary>What happens in a synthetic week besides its everyday life.</summary>
internal enum Story
{
    /// <summary>Nothing but ordinary bad days.</summary>
    Everyday,

    /// <summary>A campaign that nobody noted: three to six times as many comments for hours or days, as happy as usual.</summary>
    Campaign,

    /// <summary>The same, noted.</summary>
    NotedCampaign,

    /// <summary>One person who writes ten to forty angry messages.</summary>
    Ranter,

    /// <summary>A cause that goes on for days: the same matter, a few people every few hours.</summary>
    SlowBurn,

    /// <summary>10 to 60 people with one cause in 5 to 120 minutes.</summary>
    Mutiny,

    /// <summary>6 to 20 newcomers who write the same within ten minutes.</summary>
    Raid,
}

/// <summary>What is true of a week.</summary>
/// <param name="Story">What happens.</param>
/// <param name="Begins">The first comment of it, where it should be noticed; null where nothing should.</param>
/// <param name="Ends">Its last comment.</param>
internal sealed record Truth(Story Story, DateTimeOffset? Begins, DateTimeOffset? Ends);

/// <summary>A week that never was, with the four weeks before it.</summary>
/// <param name="Start">Its beginning.</param>
/// <param name="Voices">The comments of all five weeks, oldest first.</param>
/// <param name="Past">All hours of the five weeks that are over, as the roll-up has them.</param>
/// <param name="Events">What was noted.</param>
/// <param name="Truth">What is true of it.</param>
/// <param name="Told">The comments that the story is made of.</param>
internal sealed record SyntheticWeek(
    DateTimeOffset Start, IReadOnlyList<Voice> Voices, IReadOnlyList<PastHour> Past, IReadOnlyList<NotedEvent> Events, Truth Truth, IReadOnlySet<string> Told)
{
    public DateTimeOffset End => Start.AddDays(7);

    /// <summary>The same week, if nothing had happened in it.</summary>
    public SyntheticWeek WithoutStory()
    {
        Voice[] voices = [.. Voices.Where(v => !Told.Contains(v.OutcomeId))];
        return this with { Voices = voices, Past = [.. SyntheticCommunity.RollUp(voices)] };
    }
}
