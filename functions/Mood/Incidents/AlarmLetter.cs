using Moderato.Comments;
using Moderato.Mail;

namespace Moderato.Mood;

/// <summary>
/// Writes the letter of an alarm, an escalation or an all-clear: facts first, then what some people write, read at that moment, then what to
/// do.
/// </summary>
public sealed class AlarmLetter(IIncidentStore store, IWatchedComments comments, IncidentLinks pages, Communities communities, Sources sources) : ILetterWriter
{
    private const int MostQuotes = 3;
    private const int LongestQuote = 140;
    private const int LongestName = 50;

    public string Kind => Alarms.Kind;

    public async Task<Letter?> WriteAsync(MailRequest request, LetterLinks links, CancellationToken cancellationToken)
    {
        if (Alarms.ReadOf(request.Of) is not var (id, change) || communities.Find(request.Community) is not { } community
            || await store.FindAsync(community.Id, id, cancellationToken) is not { Incident: var incident }
            || incident.Timeline.FirstOrDefault(e => e.Change == change) is not { } happened)
            return null;
        // Whoever waited for a mail that came late is not alarmed about what is over.
        if (happened.What != IncidentEventKind.AllClear && !incident.IsLive)
            return null;

        var words = IncidentWords.Of(request.Language);
        var quotes = happened.What == IncidentEventKind.AllClear ? [] : await QuotesAsync(community.Id, incident, cancellationToken);
        var page = links.App is { } app ? app + await pages.LinkAsync(community.Id, id, cancellationToken) : null;
        var letter = new Written(community, incident.Named(community.Id, sources), happened, words, quotes, page, links.Unsubscribe).ToPage(request.Language);
        return new Letter(letter.Subject, LetterHtml.Render(letter), LetterText.Render(letter));
    }

    private async Task<IReadOnlyList<Comment>> QuotesAsync(CommunityId community, Incident incident, CancellationToken cancellationToken)
    {
        var outcomes = await comments.FindAsync(community, incident.Outcomes, cancellationToken);
        return [.. outcomes.Select(o => o.Comment).Where(c => !c.Removed && c.Text.Length > 0).DistinctBy(c => (c.Key.Platform, c.Author?.Id ?? c.Key.Id)).Take(MostQuotes)];
    }

    /// <summary>Facts first, then what some people write, then what to do.</summary>
    internal sealed record Written(
        Community Community, Incident Incident, IncidentEvent Happened, IncidentWords Words, IReadOnlyList<Comment> Quotes, string? Page, string? Unsubscribe)
    {
        private bool IsOver => Happened.What == IncidentEventKind.AllClear;

        public LetterPage ToPage(string language) => new(
            language, $"{Foreign.OneLine(Community.Name)} · {Subject}", Words.MeaningOf(Happened.Level, Incident.Scope.Kind), Subject, [.. Blocks()], [new PageLink(Words.Unsubscribe, Unsubscribe)])
        {
            FooterNote = Foreign.Of(Community.Name),
        };

        private string Subject => Happened.What switch
        {
            IncidentEventKind.AllClear => Words.AllClear(Words.About(Incident)),
            IncidentEventKind.Escalated => Words.NobodyYet(Words.Verdict(Incident, Happened.Level)),
            IncidentEventKind.Reopened => Words.Again(Words.Verdict(Incident, Happened.Level)),
            _ => Words.Verdict(Incident, Happened.Level),
        };

        private string ToDo => IsOver ? Words.NothingToDo : Incident.Scope.Kind == ScopeKind.Raid ? $"{Words.IsProtected} {Words.SeeToIt}" : Words.SeeToIt;

        private IEnumerable<Block> Blocks()
        {
            yield return new Paragraph(Words.MeaningOf(Happened.Level, Incident.Scope.Kind), IsOver ? Tone.Plain : Tone.Grave);
            if (!IsOver)
                yield return new Paragraph($"{Words.HowMany}: {Words.Figures(Incident)}.");
            yield return new Paragraph($"{Words.Where}: {IncidentWords.Places(Incident)}.");
            yield return new Paragraph($"{Words.Since}: {Words.Time(Incident.FirstAt, Community.Zone)}.");
            if (Quotes.Count > 0)
                yield return new Section(Words.SomeSay);
            foreach (var quote in Quotes)
            {
                yield return new Card($"{(quote.Author?.Name is { } name ? Foreign.Of(name, LongestName) : Words.Somebody)} ({quote.Key.Platform})")
                {
                    Quotes = [new Quotation(null, Words.Quoted(Foreign.Of(quote.Text, LongestQuote)))],
                    Links = [new PageLink(Words.OneOf, quote.Permalink)],
                };
            }
            yield return new Section(Words.WhatToDo);
            yield return new Paragraph(ToDo);
            if (Page is not null)
                yield return new Card(Words.PageIsFor) { Links = [new PageLink(Words.OpenPage, Page)] };
            else if (!IsOver)
                yield return new Paragraph(Words.NoLink);
        }
    }
}
