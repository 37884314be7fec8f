using System.Text;
using Moderato.Comments;
using Moderato.Scoring;

namespace Moderato.Policy;

/// <summary>One variant of an answer, cut at its placeholders: texts and names by turns, beginning with a text.</summary>
internal sealed record TemplateVariant(IReadOnlyList<string> Pieces)
{
    /// <summary>As it was written.</summary>
    public string Text => string.Concat(Pieces.Select((piece, i) => i % 2 == 0 ? piece : $"{{{piece}}}"));

    public IEnumerable<string> Placeholders => Pieces.Where((_, i) => i % 2 == 1);

    /// <summary>Cuts <c>Ciao {author}!</c> into <c>Ciao </c>, <c>author</c> and <c>!</c>. Null where a brace has no fellow.</summary>
    public static TemplateVariant? Parse(string text)
    {
        var pieces = new List<string>();
        for (var rest = text; ;)
        {
            var open = rest.IndexOf('{', StringComparison.Ordinal);
            var close = rest.IndexOf('}', StringComparison.Ordinal);
            if (open < 0 && close < 0)
            {
                pieces.Add(rest);
                return new TemplateVariant(pieces);
            }
            if (open < 0 || close < open)
                return null;
            pieces.Add(rest[..open]);
            pieces.Add(rest[(open + 1)..close].Trim());
            rest = rest[(close + 1)..];
        }
    }

    /// <summary>The answer; null where a placeholder cannot be filled.</summary>
    public string? Fill(Func<string, string?> valueOf)
    {
        var text = new StringBuilder();
        for (var i = 0; i < Pieces.Count; i++)
        {
            if ((i % 2 == 0 ? Pieces[i] : valueOf(Pieces[i])) is not { } piece || (i % 2 == 1 && piece.Length == 0))
                return null;
            text.Append(piece);
        }
        return text.ToString();
    }
}

/// <summary>An answer in its variants, by language; in Italian, of the policy's form of address.</summary>
internal sealed record ReplyTemplate(string Name, IReadOnlyDictionary<string, IReadOnlyList<TemplateVariant>> Variants)
{
    /// <summary>Placeholders that Moderato fills; a policy adds its own values.</summary>
    public static readonly IReadOnlyList<string> Known = ["author", "brand", "channel", "link", "paragraph"];

    /// <summary>
    /// The answer for one comment: in its language, else in the community's, else in any; one of the variants that can be filled, always
    /// the same one for the same comment.
    /// </summary>
    /// <returns>Null if no variant can be filled.</returns>
    public SuggestedReply? Render(Comment comment, string language, Community community, string? paragraph, IReadOnlyDictionary<string, string> values)
    {
        var chosen = Variants.ContainsKey(language) ? language : Variants.ContainsKey(community.Language) ? community.Language : Variants.Keys.First();
        var filled = new List<(int Variant, string Text)>();
        for (var i = 0; i < Variants[chosen].Count; i++)
        {
            if (Variants[chosen][i].Fill(ValueOf) is { } text)
                filled.Add((i, text));
        }
        if (filled.Count == 0)
            return null;
        var pick = Fnv1a.Fold(Fnv1a.Add(Fnv1a.Add(Fnv1a.OffsetBasis, Name), comment.Key.Id), 20) % filled.Count;
        return new SuggestedReply(Name, filled[pick].Variant, chosen, filled[pick].Text, Automatic: false, NotSentBecause: null);

        string? ValueOf(string placeholder) => placeholder switch
        {
            "author" => comment.Author?.Name,
            "brand" => community.Name,
            "channel" => comment.Channel,
            "link" => comment.Permalink,
            "paragraph" => paragraph,
            _ => values.GetValueOrDefault(placeholder),
        };
    }
}
