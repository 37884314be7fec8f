using System.Text.Json;
using Moderato.Comments;
using Moderato.Mood;

namespace Moderato.Digests;

/// <summary>Makes views of a digest's parts: ids become what is written there now, concepts and reasons become words of a language.</summary>
internal sealed class DigestShowing(IReadOnlyDictionary<string, Quote> quotes, string language)
{
    public static Section<TView> All<T, TView>(Capped<T> some, Func<T, TView> viewOf) => new(some.Total, [.. some.Items.Select(viewOf)]);

    public NeedView Need(NeedItem item) =>
        new(Quoted(item.OutcomeId), item.Platform.ToString(), item.Channel, item.Cause, item.Decision, item.Rule, item.Since, item.DueAt);

    public static ChannelDayView Channel(ChannelDay day) => new(
        day.Platform.ToString(), day.Channel, day.Comments, day.People, day.Newcomers, new SentimentCounts(day.Negative, day.Neutral, day.Positive),
        day.Beside, day.BeforeComments, day.BeforeNegative);

    public CauseView Cause(CauseItem item) => new(
        item.Id, About(item.Concepts), item.Words, item.People, item.Comments, Places(item.Channels), item.Since, item.Days, item.Anger, [.. item.Examples.Select(Quoted)]);

    public QuestionView Question(QuestionItem item) => new(
        item.Id, About(item.Concepts), item.Words, item.People, item.PeopleBefore, item.Unanswered, Places(item.Channels), Quoted(item.Example), item.Answer is { } answer ? Quoted(answer) : null);

    public TeamItemView TeamItem(HandoffItem item) => new(Quoted(item.OutcomeId), item.Platform.ToString(), item.Team, item.OpenedAt, item.DueAt, item.Acknowledged);

    public ThreadView Thread(ThreadItem item) =>
        new(Quoted(item.OutcomeId), item.Platform.ToString(), item.Channel, item.Hint, item.People, item.Comments, item.Positive, item.LastAt);

    public PeopleView People(PeoplePart part) => new(
        part.Wrote, part.Newcomers, All(part.FirstTimers, Person), All(part.StandardBearers, Person), All(part.WonBack, Person), All(part.Offenders, Person));

    public AlarmView Alarm(IncidentItem item) => new(
        item.Id, item.Level, item.Kind, About(item.Concepts), item.Words, item.People, Places(item.Channels), item.OpenedAt, item.ClosedAt, item.Owner);

    public static PolicyDayView Policy(PolicyPart part) => new(
        Enum.GetValues<Decision>().ToDictionary(d => JsonNamingPolicy.CamelCase.ConvertName(d.ToString()), d => part.Decisions.GetValueOrDefault(d)),
        part.Removed, part.ByPeople, part.Overruled, part.Hidden, part.HiddenFairCriticism, part.Rules, part.Shadows);

    public static NotedView Noted(NotedEvent noted) => new(noted.Id, noted.Kind, noted.Title, noted.From, noted.To, noted.Expects, Places(noted.Channels));

    private PersonView Person(PersonItem item) => new(Quoted(item.OutcomeId), item.Platform.ToString(), item.Reasons.GetValueOrDefault(language) ?? "");

    private QuotedView Quoted(string outcomeId)
    {
        var quote = quotes.GetValueOrDefault(outcomeId);
        return new QuotedView(outcomeId, quote?.Permalink, quote?.Author, quote?.Text);
    }

    private IReadOnlyList<string> About(IReadOnlyList<string> concepts) => [.. concepts.Select(c => Topics.LabelOf(c, language))];

    private static IReadOnlyList<PlaceView> Places(IReadOnlyList<EventChannel> channels) => [.. channels.Select(c => new PlaceView(c.Platform.ToString(), c.Channel))];
}
