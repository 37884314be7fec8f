using System.Collections.Frozen;

namespace Moderato.Policy;

/// <summary>
/// Outcomes that are announced with a date or as certain: "riceverà il pacco entro domani". What the team itself sends ("riceverà
/// una risposta entro oggi") may be announced, and so may what is hedged, denied, asked or a condition.
/// </summary>
internal sealed record Outcomes(Phrases Verbs, Phrases Sureties, FrozenSet<string> OwnActs, FrozenSet<string> Hedges, FrozenSet<string> Conjunctions)
{
    /// <summary>How far from its verb a date may stand; with more words in between it belongs to something else.</summary>
    private const int Reach = 8;

    public IEnumerable<string> In(ToneText text)
    {
        for (var at = 0; at < text.Words.Count; at++)
        {
            var length = Verbs.LengthAt(text, at);
            if (length == 0 || text.IsQuestion(text.Words[at])) continue;
            var (first, last) = Neighbourhood(text, at, at + length - 1);
            if (IsHarmless(text, first, last, at)) continue;
            if (FindSurety(text, first, last) is { } surety)
                yield return text.Found(Math.Min(at, surety.First), Math.Max(at + length - 1, surety.Last));
            at += length - 1;
        }
    }

    private (int First, int Last) Neighbourhood(ToneText text, int first, int last)
    {
        var (from, to) = (first, last);
        while (from > first - Reach && text.SameClause(from - 1, first) && !Conjunctions.Contains(text.Words[from - 1].Form)) from--;
        while (to < last + Reach && text.SameClause(to + 1, last) && !Conjunctions.Contains(text.Words[to + 1].Form)) to++;
        return (from, to);
    }

    private bool IsHarmless(ToneText text, int first, int last, int verb)
    {
        for (var i = first; i <= last; i++)
        {
            var form = text.Words[i].Form;
            if (OwnActs.Contains(form) || Hedges.Contains(form) || (form is "non" or "not" && i < verb)) return true;
        }

        // "Se non arriverà entro domani", "as soon as it will arrive": a condition stands before its clause.
        return text.SameClause(first - 1, first) && text.Words[first - 1].Form is not ("e" or "ed" or "ma" or "and" or "but");
    }

    private (int First, int Last)? FindSurety(ToneText text, int first, int last)
    {
        for (var i = first; i <= last; i++)
            if (Sureties.LengthAt(text, i) is > 0 and var length && i + length - 1 <= last) return (i, i + length - 1);
        return null;
    }
}
