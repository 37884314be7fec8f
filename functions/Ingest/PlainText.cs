using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Moderato.Ingest;

/// <summary>
/// Turns a comment into the text that its readers see: HTML loses its markup and its entities, a link keeps its address beside its
/// words (spam hides there), and characters that no reader sees are taken out.
/// </summary>
public static class PlainText
{
    private static readonly HtmlParser Parser = new();

    /// <summary>The visible text of an HTML fragment.</summary>
    public static string FromHtml(string html)
    {
        var text = new StringBuilder(html.Length);
        using var document = Parser.ParseDocument(html);
        if (document.Body is { } body)
            Append(body, text);
        return Clean(text.ToString());
    }

    /// <summary>
    /// One kind of line end, no control characters, no lone surrogates, no space at either end. Zero-width joiners stay: emoji are
    /// made with them.
    /// </summary>
    public static string Clean(string text)
    {
        var cleaned = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                cleaned.Append(c).Append(text[++i]);
            else if (char.IsSurrogate(c))
                cleaned.Append('\uFFFD');
            else if (c == '\r')
                cleaned.Append(i + 1 < text.Length && text[i + 1] == '\n' ? "" : "\n");
            else if (!char.IsControl(c) || c is '\n' or '\t')
                cleaned.Append(c);
        }
        return cleaned.ToString().Trim();
    }

    private static void Append(INode node, StringBuilder text)
    {
        foreach (var child in node.ChildNodes)
        {
            switch (child)
            {
                case IText words:
                    text.Append(words.Data);
                    break;
                case IElement { LocalName: "script" or "style" or "template" or "head" }:
                    break;
                case IElement { LocalName: "br" }:
                    text.Append('\n');
                    break;
                case IElement { LocalName: "img" } image:
                    text.Append(image.GetAttribute("alt")); // emoji come as pictures on many forums
                    break;
                case IElement element:
                    AppendElement(element, text);
                    break;
            }
        }
    }

    private static void AppendElement(IElement element, StringBuilder text)
    {
        var block = element.LocalName is "p" or "div" or "li" or "blockquote" or "tr" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "pre";
        if (block && text.Length > 0 && text[^1] != '\n')
            text.Append('\n');
        var start = text.Length;
        Append(element, text);
        if (element.LocalName == "a" && element.GetAttribute("href") is { } address && address.Contains("://", StringComparison.Ordinal)
            && !text.ToString(start, text.Length - start).Contains(address, StringComparison.OrdinalIgnoreCase))
            text.Append(' ').Append('(').Append(address).Append(')');
        if (block)
            text.Append('\n');
    }
}
