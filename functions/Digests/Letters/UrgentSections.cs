using Moderato.Comments;
using Moderato.Mail;

namespace Moderato.Digests;

/// <summary>What somebody should do something about.</summary>
internal static class UrgentSections
{
    public static IEnumerable<Block> Incidents(Pen pen)
    {
        var (incidents, words) = (pen.Digest.Incidents, pen.Words);
        if (incidents.Items.Count == 0)
            yield break;
        yield return pen.Section(words.Alarms, incidents);
        foreach (var incident in incidents.Items)
        {
            var lines = new List<string>();
            if (incident.Concepts.Count + incident.Words.Count > 0)
                lines.Add($"{words.Title(incident.Concepts, incident.Words)}.");
            lines.Add($"{words.Involved(incident.People, pen.Places(incident.Channels))}.");
            lines.Add($"{words.Began(pen.Moment(incident.OpenedAt))}: {words.Ended(incident.ClosedAt is { } closed ? pen.Moment(closed) : null)}.");
            if (incident.ClosedAt is null || incident.Owner is not null)
                lines.Add(words.LookedAfterBy(incident.Owner is null ? null : Foreign.Of(incident.Owner)));
            yield return new Card(words.Gravity(incident.Level, incident.Kind), lines)
            {
                Tone = incident.ClosedAt is null ? Tone.Grave : Tone.Plain,
                Links = [new PageLink(words.OpenIncident, pen.Links.PageOf(incident.Id))],
            };
        }
    }

    public static IEnumerable<Block> NeedsYou(Pen pen)
    {
        var (needs, words) = (pen.Digest.NeedsYou, pen.Words);
        if (needs.Items.Count == 0)
        {
            yield return new Paragraph(words.NothingNeedsYou);
            yield break;
        }
        yield return pen.Section(words.NeedsYou, needs);
        foreach (var item in needs.Items)
        {
            var why = item.Cause != "decision" ? words.WaitsBecause(item.Cause) : item.Rule is { } rule ? words.Because(pen.Digest, rule) : words.NotTheRule;
            var waits = words.Waits(pen.Ago(item.Since), pen.Ago(item.DueAt));
            yield return new Card(
                $"{pen.Author(item.OutcomeId)} {words.On(Pen.Place(item.Platform, item.Channel))}",
                [$"{Sentence(why, words)}.", item.Decision == Decision.Escalate ? $"{waits} {words.StillVisible}" : waits, .. Gone(pen, item.OutcomeId)])
            {
                Tone = item.Decision == Decision.Escalate || pen.Ago(item.DueAt) > TimeSpan.Zero ? Tone.Grave : Tone.Plain,
                Quotes = pen.Quote(item.OutcomeId),
                Links = pen.Link(item.OutcomeId),
            };
        }
    }

    public static IEnumerable<Block> Handoffs(Pen pen)
    {
        var (handoffs, words) = (pen.Digest.Handoffs, pen.Words);
        if (handoffs.Items.Count == 0)
            yield break;
        yield return pen.Section(words.Handoffs, handoffs);
        foreach (var item in handoffs.Items)
            yield return Handoff(pen, item, words.TeamHas(Foreign.Of(item.Team)), [$"{pen.Author(item.OutcomeId)} {words.On(Pen.NameOf(item.Platform))}."]);
    }

    /// <summary>A comment that lies with a team, with the page on which the team reacts.</summary>
    public static Card Handoff(Pen pen, HandoffItem item, string lead, IReadOnlyList<string> more)
    {
        var late = pen.Ago(item.DueAt);
        return new Card(
            lead,
            [.. more, pen.Words.ReactBy(pen.Moment(item.DueAt), late), .. Gone(pen, item.OutcomeId)])
        {
            Tone = late > TimeSpan.Zero ? Tone.Grave : Tone.Plain,
            Quotes = pen.Quote(item.OutcomeId),
            Links = [new PageLink(pen.Words.OpenHandoff, pen.Links.PageOf(item.Handoff))],
        };
    }

    private static IReadOnlyList<string> Gone(Pen pen, string outcome) => pen.QuoteOf(outcome) is null ? [pen.Words.TakenDown] : [];

    private static string Sentence(string text, DigestWords words) => $"{char.ToUpper(text[0], words.Culture)}{text[1..]}";
}
