using System.Globalization;
using System.Text;
using Moderato.Comments;

namespace Moderato.Mail;

/// <summary>
/// A letter as HTML that mail programs show: one column of nested tables with inline styles, no images and no scripts. What is in the one
/// small style sheet is for programs with a dark mode that ask for it; where it is lost, or colours are turned around by force, everything
/// can still be read, since every colour of text stands beside one of its background. Everything from outside goes in as text.
/// </summary>
public static class LetterHtml
{
    /// <summary>A longer address is left out: Gmail cuts off what lies beyond 102 KB of a mail.</summary>
    public const int LongestLink = 300;

    private const string Table = "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\"";
    private const string Font = "font-family:Arial,sans-serif;";
    private const string Breaks = "word-break:break-word;overflow-wrap:anywhere;";
    private const string Ink = "color:#1c1c1e;";
    private const string Soft = "color:#50545b;";
    private const string Paper = "background-color:#fefefe;";
    private const string Desk = "background-color:#eef0f3;";

    private const string Style = """
        @media (prefers-color-scheme: dark) {
        .desk { background-color: #121417 !important; }
        .paper { background-color: #1d2024 !important; color: #ececef !important; }
        .ink { color: #ececef !important; }
        .soft { color: #b6bac1 !important; }
        .link { color: #9cc2ff !important; border-color: #6f87ad !important; }
        .line { border-color: #4a4f57 !important; }
        .grave { border-color: #f0837a !important; }
        .negative { background-color: #e06a60 !important; border-color: #f3b0aa !important; }
        .neutral { background-color: #80868f !important; border-color: #c3c7cd !important; }
        .positive { background-color: #45a975 !important; border-color: #a5dcc0 !important; }
        }
        """;

    /// <summary>The whole document.</summary>
    public static string Render(LetterPage page)
    {
        var rows = new StringBuilder();
        Row(rows, [new Heading(page.Heading), .. page.Blocks.TakeWhile(b => b is not Section)], 24);
        for (var rest = page.Blocks.SkipWhile(b => b is not Section).ToList(); rest.Count > 0; rest = rest[1..].SkipWhile(b => b is not Section).ToList())
            Row(rows, [rest[0], .. rest[1..].TakeWhile(b => b is not Section)], 28);
        rows.Append(Cell(28, Footer(page)));
        return $"""
            <!DOCTYPE html>
            <html lang="{page.Language}" xmlns="http://www.w3.org/1999/xhtml">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Escape(Foreign.AsPlain(page.Subject))}</title>
            <style>
            {Style}
            </style>
            </head>
            <body class="desk" style="margin:0;padding:0;{Desk}">
            <div style="display:none;max-height:0;overflow:hidden;opacity:0;mso-hide:all;">{Inline(page.Preview)}</div>
            {Table} class="desk" style="{Desk}"><tr><td align="center" style="padding:16px 8px;">
            {Table} class="paper" style="max-width:600px;table-layout:fixed;border-radius:8px;{Paper}{Ink}">
            {rows}<tr><td style="height:16px;line-height:16px;font-size:16px;"></td></tr>
            </table>
            </td></tr></table>
            </body>
            </html>

            """;
    }

    /// <summary>Words with what came from outside in a direction of its own, as text.</summary>
    public static string Inline(string text) => string.Concat(Foreign.Parts(text).Select(p =>
        p.IsForeign ? $"<span dir=\"auto\">{Escape(p.Text)}</span>" : Escape(p.Text)));

    /// <summary>The five characters that mean something in HTML. All others stay, emoji too, which would be more than twice as long as references.</summary>
    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal);

    private static string Of(Block block) => block switch
    {
        Heading h => $"<h1 class=\"ink\" style=\"font-size:22px;line-height:1.3;margin:0 0 4px;{Ink}\">{Inline(h.Text)}</h1>",
        Section s => $"<h2 class=\"ink line\" style=\"font-size:18px;line-height:1.3;margin:0;padding:0 0 6px;border-bottom:1px solid #d3d7dc;{Ink}\">{Inline(s.Heading)}</h2>",
        Subsection s => $"<h3 class=\"ink\" style=\"font-size:16px;line-height:1.3;margin:16px 0 0;{Ink}\">{Inline(s.Heading)}</h3>",
        Paragraph p => Paragraph(p),
        Card c => Card(c),
        MoodBar b => Bar(b),
        Figures f => Figures(f),
        _ => throw new InvalidOperationException($"A letter has no {block.GetType().Name}."),
    };

    private static string Paragraph(Paragraph paragraph)
    {
        var text = Inline(paragraph.Text);
        return paragraph.Tone switch
        {
            Tone.Soft => Line(text, "soft", Soft, 14, 8),
            Tone.Grave => Marked(Line($"<strong>{text}</strong>", "ink", Ink, 16), Tone.Grave),
            _ => Line(text, "ink", Ink, 16, 8),
        };
    }

    private static string Card(Card card)
    {
        var lines = new List<string> { $"<strong>{Inline(card.Lead)}</strong>" };
        lines.AddRange(card.Lines.Select(Inline));
        foreach (var (label, words) in card.Quotes)
        {
            var said = words is null ? $"<span class=\"line\" style=\"border-bottom:1px solid #7b8088;\">{Blank}</span>" : Inline(words);
            lines.Add($"<span class=\"soft\" style=\"{Soft}\">{(label is null ? "" : $"{Inline(label)}: ")}{said}</span>");
        }
        var html = new StringBuilder(Line(string.Join("<br>", lines), "ink", Ink, 15));
        foreach (var link in card.Links)
            html.Append(Link(link));
        return Marked(html.ToString(), card.Tone);
    }

    /// <summary>A line to be filled in, long enough to be seen as one.</summary>
    private static readonly string Blank = string.Concat(Enumerable.Repeat("&nbsp; ", 20));

    private static string Marked(string content, Tone tone) => tone == Tone.Grave
        ? $"{Table} style=\"margin-top:10px;\"><tr><td class=\"grave\" style=\"border-left:4px solid #b3261e;padding:0 0 2px 12px;{Font}\">{content}</td></tr></table>"
        : $"{Table} style=\"margin-top:10px;\"><tr><td class=\"line\" style=\"border-left:4px solid #c3c8cf;padding:0 0 2px 12px;{Font}\">{content}</td></tr></table>";

    /// <summary>Nothing where the address is none that may be shown.</summary>
    private static string Link(PageLink link) => link.Address is { } address && MayBeShown(address)
        ? $"<a class=\"link\" href=\"{Escape(address)}\" style=\"display:inline-block;margin:6px 8px 4px 0;padding:9px 14px;border:1px solid #7d9ed6;border-radius:6px;font-size:15px;color:#0b4fc0;\">{Inline(link.Text)}</a>"
        : "";

    /// <summary>Only addresses of pages, and none that makes a mail too long.</summary>
    public static bool MayBeShown(string address) => address.Length <= LongestLink && WebAddress.IsValid(address);

    private static string Bar(MoodBar bar)
    {
        (int Count, string Class, string Colour, string Edge)[] cells = [(bar.Negative, "negative", "#c9473d", "#8c1d18"), (bar.Neutral, "neutral", "#a3a9b1", "#5f656d"), (bar.Positive, "positive", "#3d9c6b", "#14613a")];
        var total = cells.Sum(c => c.Count);
        var html = new StringBuilder(Line($"<strong>{Inline(bar.Lead)}</strong><br>{Inline(bar.Line)}", "ink", Ink, 15, 14))
            .Append(Table).Append(" style=\"table-layout:fixed;margin:6px 0 4px;\"><tr>");
        foreach (var (count, name, colour, edge) in cells.Where(c => c.Count > 0))
        {
            var width = Math.Max(1, 100.0 * count / total).ToString("0", CultureInfo.InvariantCulture);
            html.Append(CultureInfo.InvariantCulture, $"<td class=\"{name}\" width=\"{width}%\" style=\"height:12px;line-height:12px;background-color:{colour};border:1px solid {edge};\"></td>");
        }
        return html.Append("</tr></table>").Append(Line(Inline(bar.Figures), "ink", Ink, 14)).Append(Line(Inline(bar.Below), "soft", Soft, 14)).ToString();
    }

    private static string Figures(Figures figures)
    {
        var html = new StringBuilder($"<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin-top:12px;{Font}\"><caption class=\"soft\" style=\"text-align:left;font-size:14px;line-height:1.5;padding:0 0 4px;{Soft}\">{Inline(figures.Caption)}</caption>");
        foreach (var (label, number) in figures.Rows)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\" align=\"left\" class=\"ink line\" style=\"font-size:15px;line-height:1.4;font-weight:normal;padding:4px 8px 4px 0;border-bottom:1px solid #e1e4e8;{Ink}{Breaks}\">{Inline(label)}</th>")
                .Append(CultureInfo.InvariantCulture, $"<td align=\"right\" width=\"72\" class=\"ink line\" style=\"font-size:15px;line-height:1.4;padding:4px 0;border-bottom:1px solid #e1e4e8;{Ink}\">{Inline(number)}</td></tr>");
        }
        return html.Append("</table>").ToString();
    }

    private static string Footer(LetterPage page)
    {
        var html = new StringBuilder($"{Table}><tr><td class=\"line\" style=\"border-top:1px solid #d3d7dc;padding-top:12px;{Font}\">");
        if (page.Closing.Length > 0)
            html.Append(Line(Inline(page.Closing), "soft", Soft, 14, 0));
        if (page.FooterNote.Length > 0)
            html.Append(Line(Inline(page.FooterNote), "soft", Soft, 13, 8));
        foreach (var link in page.Footer)
            html.Append(Link(link));
        return html.Append("</td></tr></table>").ToString();
    }

    private static string Line(string html, string name, string colour, int size, int above = 0) =>
        string.Create(CultureInfo.InvariantCulture, $"<p class=\"{name}\" style=\"font-size:{size}px;line-height:1.5;margin:{above}px 0 2px;{colour}\">{html}</p>");

    /// <summary>What belongs together is one row: each row names its font anew, and a mail has to stay small.</summary>
    private static void Row(StringBuilder rows, IReadOnlyList<Block> blocks, int above) => rows.Append(Cell(above, string.Concat(blocks.Select(Of))));

    private static string Cell(int above, string content) =>
        string.Create(CultureInfo.InvariantCulture, $"<tr><td style=\"padding:{above}px 20px 0;{Font}{Breaks}\">{content}</td></tr>\n");

    /// <summary>The letter's own first line, among its blocks.</summary>
    private sealed record Heading(string Text) : Block;
}
