using System.Globalization;
using System.Net;
using System.Text;
using Moderato.Comments;
using Moderato.Mail;

namespace Moderato.Mood;

/// <summary>
/// Writes the letter of an alarm, an escalation or an all-clear: facts first, then what some people write, read at that moment, then what to
/// do. One column of tables with inline styles, and the same complete as plain text.
/// </summary>
public sealed class AlarmLetter(IIncidentStore store, IWatchedComments comments, IncidentLinks pages, Communities communities) : ILetterWriter
{
    private const int MostQuotes = 3;
    private const string Font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;";

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
        var letter = new Written(community, incident, happened, words, quotes, page, links.Unsubscribe);
        return new Letter(letter.Subject, letter.Html(request.Language), letter.Text());
    }

    private async Task<IReadOnlyList<Comment>> QuotesAsync(CommunityId community, Incident incident, CancellationToken cancellationToken)
    {
        var outcomes = await comments.FindAsync(community, incident.Outcomes, cancellationToken);
        return [.. outcomes.Select(o => o.Comment).Where(c => !c.Removed && c.Text.Length > 0).DistinctBy(c => (c.Key.Platform, c.Author?.Id ?? c.Key.Id)).Take(MostQuotes)];
    }

    private sealed record Written(
        Community Community, Incident Incident, IncidentEvent Happened, IncidentWords Words, IReadOnlyList<Comment> Quotes, string? Page, string? Unsubscribe)
    {
        private bool IsOver => Happened.What == IncidentEventKind.AllClear;

        public string Subject => Happened.What switch
        {
            IncidentEventKind.AllClear => Words.AllClear(Words.About(Incident)),
            IncidentEventKind.Escalated => Words.NobodyYet(Words.Verdict(Incident, Happened.Level)),
            IncidentEventKind.Reopened => Words.Again(Words.Verdict(Incident, Happened.Level)),
            _ => Words.Verdict(Incident, Happened.Level),
        };

        private IEnumerable<(string Label, string Fact)> Facts()
        {
            yield return (Words.What, $"{Words.About(Incident)}. {Words.MeaningOf(Happened.Level, Incident.Scope.Kind)}");
            if (!IsOver)
                yield return (Words.HowMany, Words.Figures(Incident));
            yield return (Words.Where, IncidentWords.Places(Incident));
            yield return (Words.Since, Words.Time(Incident.FirstAt, Community.Zone));
        }

        private string ToDo => IsOver ? Words.NothingToDo : Incident.Scope.Kind == ScopeKind.Raid ? $"{Words.IsProtected} {Words.SeeToIt}" : Words.SeeToIt;

        public string Text()
        {
            var text = new StringBuilder().Append(Community.Name).Append('\n').Append(Subject).Append("\n\n");
            foreach (var (label, fact) in Facts())
                text.Append(CultureInfo.InvariantCulture, $"{label}: {fact}\n");
            if (Quotes.Count > 0)
                text.Append(CultureInfo.InvariantCulture, $"\n{Words.SomeSay}\n");
            foreach (var quote in Quotes)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {Who(quote)}: «{quote.Text}»\n");
                if (quote.Permalink is { } link && WebAddress.IsValid(link))
                    text.Append(CultureInfo.InvariantCulture, $"  {link}\n");
            }
            text.Append(CultureInfo.InvariantCulture, $"\n{Words.WhatToDo}\n{ToDo}\n").Append(Page is null ? IsOver ? "" : Words.NoLink + "\n" : $"{Words.OpenPage}: {Page}\n");
            return (Unsubscribe is null ? text : text.Append(CultureInfo.InvariantCulture, $"\n-- \n{Words.Unsubscribe}: {Unsubscribe}\n")).ToString();
        }

        public string Html(string language)
        {
            var rows = new StringBuilder();
            Row(rows, $"<p style=\"{Font}font-size:14px;line-height:1.4;margin:0 0 4px;color:#5b5f66;\">{Escape(Community.Name)}</p><h1 style=\"{Font}font-size:22px;line-height:1.3;margin:0;color:#1c1c1e;\">{Escape(Subject)}</h1>");
            foreach (var (label, fact) in Facts())
                Row(rows, $"<p style=\"{Font}font-size:16px;line-height:1.5;margin:0;color:#1c1c1e;\"><strong>{Escape(label)}:</strong> {Escape(fact)}</p>");
            if (Quotes.Count > 0)
                Row(rows, Heading(Words.SomeSay) + string.Concat(Quotes.Select(Quote)));
            var button = Page is null ? IsOver ? "" : Paragraph(Words.NoLink)
                : $"<p style=\"margin:14px 0 0;\"><a href=\"{Escape(Page)}\" style=\"{Font}display:inline-block;padding:12px 18px;background-color:#0b57d0;color:#ffffff;font-size:16px;text-decoration:none;border-radius:6px;\">{Escape(Words.OpenPage)}</a></p>";
            Row(rows, Heading(Words.WhatToDo) + Paragraph(ToDo) + button);
            if (Unsubscribe is { } end)
                Row(rows, $"<p style=\"{Font}font-size:13px;line-height:1.5;margin:0;padding-top:12px;border-top:1px solid #d9dce1;\"><a href=\"{Escape(end)}\" style=\"color:#5b5f66;\">{Escape(Words.Unsubscribe)}</a></p>");
            return $"""
                <!DOCTYPE html>
                <html lang="{language}">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>{Escape(Subject)}</title>
                </head>
                <body style="margin:0;padding:0;background-color:#f2f3f5;">
                <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#f2f3f5;"><tr><td align="center" style="padding:16px 8px;">
                <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background-color:#ffffff;border-radius:8px;">
                {rows}<tr><td style="height:20px;font-size:1px;line-height:1px;">&nbsp;</td></tr>
                </table>
                </td></tr></table>
                </body>
                </html>

                """;
        }

        private string Quote(Comment comment)
        {
            var link = comment.Permalink is { } address && WebAddress.IsValid(address) ? $" <a href=\"{Escape(address)}\" style=\"color:#0b57d0;\">{Escape(Words.OneOf)}</a>" : "";
            return $"<p style=\"{Font}font-size:15px;line-height:1.5;margin:0 0 10px;padding:2px 0 2px 12px;border-left:4px solid #b3261e;color:#3a3d42;word-break:break-word;\"><strong>{Escape(Who(comment))}</strong>: «{Escape(comment.Text)}»{link}</p>";
        }

        private string Who(Comment comment) => $"{comment.Author?.Name ?? Words.Somebody} ({comment.Key.Platform})";

        private static string Heading(string text) => $"<h2 style=\"{Font}font-size:17px;line-height:1.3;margin:0 0 10px;color:#1c1c1e;\">{Escape(text)}</h2>";

        private static string Paragraph(string text) => $"<p style=\"{Font}font-size:16px;line-height:1.5;margin:0;color:#1c1c1e;\">{Escape(text)}</p>";

        private static void Row(StringBuilder rows, string content) => rows.Append("<tr><td style=\"padding:16px 20px 0;\">").Append(content).Append("</td></tr>\n");

        private static string Escape(string text) => WebUtility.HtmlEncode(text);
    }
}
