using System.Globalization;
using System.Text;

namespace Moderato.Mail;

/// <summary>A letter as plain text: everything that its HTML says, with bars of block characters, in lines of 72 columns where words allow it.</summary>
public static class LetterText
{
    private const int Columns = 72;
    private const int BarLength = 20;
    private const string Blank = "______________________________";

    /// <summary>The whole text.</summary>
    public static string Render(LetterPage page)
    {
        var text = new StringBuilder();
        Wrap(text, page.Heading.ToUpper(page.Language == "it" ? CultureInfo.GetCultureInfo("it-IT") : CultureInfo.InvariantCulture));
        foreach (var block in page.Blocks)
            Append(text, block);
        if (page.Closing.Length > 0)
        {
            text.Append('\n');
            Wrap(text, page.Closing);
        }
        text.Append('\n').Append("-- \n"); // mail programs know what follows such a line as a signature
        if (page.FooterNote.Length > 0)
            Wrap(text, page.FooterNote);
        foreach (var link in page.Footer)
            Append(text, link, "");
        return text.ToString();
    }

    private static void Append(StringBuilder text, Block block)
    {
        text.Append('\n');
        switch (block)
        {
            case Section s:
                text.Append('\n');
                Wrap(text, s.Heading);
                text.Append('-', Math.Min(Columns, Foreign.AsPlain(s.Heading).Length)).Append('\n');
                break;
            case Subsection s:
                Wrap(text, $"{s.Heading}:");
                break;
            case Paragraph p:
                Wrap(text, p.Text);
                break;
            case Card c:
                Append(text, c);
                break;
            case MoodBar b:
                Wrap(text, b.Lead, "  ");
                Wrap(text, b.Line, "  ");
                text.Append("  ").Append(Bar(b.Negative, b.Neutral, b.Positive)).Append('\n');
                Wrap(text, b.Figures, "  ");
                Wrap(text, b.Below, "  ");
                break;
            case Figures f:
                Wrap(text, f.Caption);
                foreach (var (label, number) in f.Rows)
                    Wrap(text, $"{label}: {number}", "  ", "    ");
                break;
            default:
                throw new InvalidOperationException($"A letter has no {block.GetType().Name}.");
        }
    }

    private static void Append(StringBuilder text, Card card)
    {
        Wrap(text, card.Lead, "* ", "  ");
        foreach (var line in card.Lines)
            Wrap(text, line, "  ");
        foreach (var (label, words) in card.Quotes)
            Wrap(text, $"{(label is null ? "" : $"{label}: ")}{words ?? Blank}", "  ");
        foreach (var link in card.Links)
            Append(text, link, "  ");
    }

    /// <summary>An address is never broken: a line of its own, however long it is.</summary>
    private static void Append(StringBuilder text, PageLink link, string indent)
    {
        if (link.Address is { } address && LetterHtml.MayBeShown(address))
            text.Append(indent).Append(Foreign.AsPlain(link.Text)).Append(":\n").Append(indent).Append(address).Append('\n');
    }

    /// <summary>Negative dark, neutral grey, positive light; rounded so that it always has the same length.</summary>
    private static string Bar(int negative, int neutral, int positive)
    {
        var total = Math.Max(1, negative + neutral + positive);
        var dark = (int)Math.Round((double)BarLength * negative / total);
        var light = Math.Min(BarLength - dark, (int)Math.Round((double)BarLength * positive / total));
        return new string('█', dark) + new string('▒', BarLength - dark - light) + new string('░', light);
    }

    private static void Wrap(StringBuilder text, string line, string first = "", string? rest = null)
    {
        rest ??= first;
        var column = 0;
        foreach (var word in Foreign.AsPlain(line).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (column > 0 && column + 1 + word.Length > Columns)
            {
                text.Append('\n');
                column = 0;
                first = rest;
            }
            text.Append(column == 0 ? first : " ").Append(word);
            column += word.Length + (column == 0 ? first.Length : 1);
        }
        if (column > 0)
            text.Append('\n');
    }
}
