using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Moderato.Ingest;

/// <summary>
/// Turns a comment into the text that its readers see: HTML loses its markup and its entities, a link keeps its address beside its
/// words (spam hides there), and characters that no reader sees are taken out.
/// </summary>
public static partial class PlainText
{
    /// <summary>
    /// Browsers repeat every format left open in every paragraph that follows, and so does the parser: a few thousand tags can become
    /// millions of elements. No comment that is meant to be read comes near this.
    /// </summary>
    private const long MostElements = 200_000;

    private static readonly HtmlParser Parser = new();

    /// <summary>The visible text of an HTML fragment. One made to grow without bounds stays as it is, markup and all.</summary>
    public static string FromHtml(string html)
    {
        if (Formats().Count(html) * (long)html.Count(c => c == '<') > MostElements)
            return Clean(html);

        var text = new StringBuilder(html.Length);
        using var document = Parser.ParseDocument(html);
        if (document.Body is { } body)
            Append(body, text, html.Length);
        return Clean(text.Length <= html.Length ? text.ToString() : html);
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

    /// <summary>
    /// Walks without recursion: nothing bounds how deep a comment nests, and a stack that overflows takes the whole app along. What
    /// readers see is never longer than its HTML, unless the parser repeats a link's address: then there is no need to go on.
    /// </summary>
    private static void Append(IElement body, StringBuilder text, int most)
    {
        var open = new Stack<(INode Node, int Next, int Start)>([(body, 0, 0)]);
        while (text.Length <= most && open.TryPop(out var top))
        {
            if (top.Next < top.Node.ChildNodes.Length)
            {
                open.Push(top with { Next = top.Next + 1 });
                var child = top.Node.ChildNodes[top.Next];
                if (Open(child, text))
                    open.Push((child, 0, text.Length));
            }
            else if (top.Node is IElement element && element != body)
            {
                Close(element, text, top.Start);
            }
        }
    }

    /// <returns>Whether there may be text inside.</returns>
    private static bool Open(INode node, StringBuilder text)
    {
        switch (node)
        {
            case IText words:
                text.Append(words.Data);
                return false;
            case IElement { LocalName: "script" or "style" or "template" or "head" }:
                return false;
            case IElement { LocalName: "br" }:
                text.Append('\n');
                return false;
            case IElement { LocalName: "img" } image:
                text.Append(image.GetAttribute("alt")); // emoji come as pictures on many forums
                return false;
            case IElement element:
                if (IsBlock(element) && text.Length > 0 && text[^1] != '\n')
                    text.Append('\n');
                return true;
            default:
                return false;
        }
    }

    private static void Close(IElement element, StringBuilder text, int start)
    {
        if (element.LocalName == "a" && element.GetAttribute("href") is { } address && address.Contains("://", StringComparison.Ordinal)
            && !text.ToString(start, text.Length - start).Contains(address, StringComparison.OrdinalIgnoreCase))
            text.Append(' ').Append('(').Append(address).Append(')');
        if (IsBlock(element))
            text.Append('\n');
    }

    private static bool IsBlock(IElement element) =>
        element.LocalName is "p" or "div" or "li" or "blockquote" or "tr" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "pre";

    [GeneratedRegex("<(a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\\s/>]", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Formats();
}
