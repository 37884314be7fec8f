using System.Globalization;
using System.Net;
using System.Text;
using Moderato.Comments;

namespace Moderato.Digests;

/// <summary>
/// A digest as HTML that mail clients show: one column of tables with inline styles, bars as coloured cells with the number beside
/// them, no images, no scripts, no style sheet to lose. Everything from outside goes in as text.
/// </summary>
public static class DigestHtml
{
    private const string Font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;";
    private const string NegativeColour = "#b3261e";
    private const string NeutralColour = "#8a8f98";
    private const string PositiveColour = "#1b7f4b";

    public static string Render(Digest digest, IReadOnlyDictionary<string, Quote> quotes)
    {
        var words = DigestWords.Of(digest.Language);
        var rows = new StringBuilder();
        Row(rows, $"<h1 style=\"{Font}font-size:22px;line-height:1.3;margin:0;color:#1c1c1e;\">{Text(words.Heading(digest))}</h1>");
        if (digest.Partial)
            Row(rows, Paragraph(words.PartialNote));
        if (digest.Completeness.Received == 0)
        {
            Row(rows, Paragraph(words.EmptyDay));
        }
        else
        {
            Row(rows, Attention(digest, quotes, words));
            Row(rows, Channels(digest, words));
            Row(rows, Decisions(digest, words));
            if (digest.Shadows.Count > 0)
                Row(rows, Shadows(digest, words));
        }
        var verdict = digest.Completeness.Lost == 0 ? " " + words.NothingLost : "";
        Row(rows, $"<p style=\"{Font}font-size:13px;line-height:1.5;margin:0;color:#5b5f66;border-top:1px solid #d9dce1;padding-top:12px;\">{Text(words.Accounts(digest.Completeness) + verdict)}</p>");

        return $"""
            <!DOCTYPE html>
            <html lang="{digest.Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light">
            <title>{Text(words.Subject(digest))}</title>
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

    private static string Attention(Digest digest, IReadOnlyDictionary<string, Quote> quotes, DigestWords words)
    {
        if (digest.AttentionTotal == 0)
            return Paragraph(words.NothingNeedsYou);

        var html = new StringBuilder(Heading($"{words.NeedsYou} ({words.ShownOf(digest.Attention.Count, digest.AttentionTotal)})"));
        foreach (var item in digest.Attention)
        {
            var quote = quotes.GetValueOrDefault(item.OutcomeId);
            var colour = item.Decision == Decision.Escalate ? NegativeColour : NeutralColour;
            html.Append(CultureInfo.InvariantCulture, $"<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 12px;\"><tr><td style=\"border-left:4px solid {colour};padding:2px 0 2px 12px;\">")
                .Append(CultureInfo.InvariantCulture, $"<p style=\"{Font}font-size:15px;line-height:1.5;margin:0;color:#1c1c1e;\"><strong>{Text(quote?.Author ?? words.Anonymous)}</strong> ({Text(item.Platform.ToString())}): {Text(words.Because(digest, item.Rule))}</p>");
            if (quote is { Text.Length: > 0 })
                html.Append(CultureInfo.InvariantCulture, $"<p style=\"{Font}font-size:15px;line-height:1.5;margin:4px 0 0;color:#3a3d42;word-break:break-word;\">«{Text(quote.Text)}»</p>");
            if (quote?.Permalink is { } link && WebAddress.IsValid(link))
                html.Append(CultureInfo.InvariantCulture, $"<p style=\"{Font}font-size:14px;line-height:1.5;margin:4px 0 0;\"><a href=\"{Text(link)}\" style=\"color:#0b57d0;\">{Text(words.Open)}</a></p>");
            html.Append("</td></tr></table>\n");
        }
        return html.ToString();
    }

    private static string Channels(Digest digest, DigestWords words)
    {
        var html = new StringBuilder(Heading(words.ByChannel));
        foreach (var channel in digest.Channels)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p style=\"{Font}font-size:15px;line-height:1.4;margin:0 0 4px;color:#1c1c1e;word-break:break-word;\"><strong>{Text(DigestText.Name(channel))}</strong> {channel.Comments}</p>")
                .Append("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 4px;\"><tr>")
                .Append(BarCell(channel.Negative, channel.Comments, NegativeColour))
                .Append(BarCell(channel.Neutral, channel.Comments, NeutralColour))
                .Append(BarCell(channel.Positive, channel.Comments, PositiveColour))
                .Append("</tr></table>")
                .Append(CultureInfo.InvariantCulture, $"<p style=\"{Font}font-size:13px;line-height:1.4;margin:0 0 12px;color:#5b5f66;\">{Text(words.Negative)} {channel.Negative} · {Text(words.Neutral)} {channel.Neutral} · {Text(words.Positive)} {channel.Positive}</p>\n");
        }
        return html.ToString();
    }

    private static string BarCell(int count, int total, string colour) =>
        count == 0 ? "" : $"<td width=\"{(100.0 * count / total).ToString("0", CultureInfo.InvariantCulture)}%\" style=\"background-color:{colour};height:10px;font-size:1px;line-height:1px;\">&nbsp;</td>";

    private static string Decisions(Digest digest, DigestWords words)
    {
        var html = new StringBuilder(Heading(words.WhatWasDone))
            .Append("<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\">");
        foreach (var decision in Enum.GetValues<Decision>().Where(d => digest.Decisions.GetValueOrDefault(d) > 0))
            html.Append(Figure(words.Of(decision), digest.Decisions[decision]));
        if (digest.Removed > 0)
            html.Append(Figure(words.RemovedByAuthors, digest.Removed));
        return html.Append("</table>").ToString();
    }

    private static string Shadows(Digest digest, DigestWords words)
    {
        var html = new StringBuilder(Heading(words.ShadowRules)).Append("<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\">");
        foreach (var (rule, count) in digest.Shadows.OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal))
            html.Append(Figure(words.Because(digest, rule), count));
        return html.Append("</table>").ToString();
    }

    private static string Figure(string label, int number) =>
        $"<tr><th scope=\"row\" align=\"left\" style=\"{Font}font-size:15px;line-height:1.6;font-weight:normal;color:#1c1c1e;\">{Text(label)}</th>"
        + $"<td align=\"right\" style=\"{Font}font-size:15px;line-height:1.6;color:#1c1c1e;\">{number.ToString(CultureInfo.InvariantCulture)}</td></tr>";

    private static string Heading(string text) => $"<h2 style=\"{Font}font-size:17px;line-height:1.3;margin:0 0 10px;color:#1c1c1e;\">{Text(text)}</h2>\n";

    private static string Paragraph(string text) => $"<p style=\"{Font}font-size:15px;line-height:1.5;margin:0;color:#1c1c1e;\">{Text(text)}</p>";

    private static void Row(StringBuilder rows, string content) => rows.Append("<tr><td style=\"padding:16px 20px 0;\">").Append(content).Append("</td></tr>\n");

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
