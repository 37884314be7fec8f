using Moderato.Scoring;

namespace Moderato.Policy;

/// <summary>Ordinary words a pattern sits inside, for warnings: what people write in the comments that were built in, at least twice.</summary>
public static class OrdinaryWords
{
    private const int FewestTimes = 2;

    /// <summary>What may follow a stem in its own words: scont* means sconto and scontare, not scontrino.</summary>
    private static readonly string[] OwnEndings = ["o", "a", "e", "are", "ere", "ire"];

    private static readonly Lazy<IReadOnlyList<Ordinary>> All = new(Read);

    /// <summary>Ordinary words that an entry with whole=false, or with a star, matches although they are neither that word nor a form of it.</summary>
    /// <param name="entry">As in the list.</param>
    /// <param name="whole">As in the list.</param>
    /// <param name="inflect">As in the list.</param>
    /// <param name="most">How many at most.</param>
    /// <returns>The most frequent ones first.</returns>
    public static IReadOnlyList<string> CaughtBy(string entry, bool whole, bool inflect, int most) =>
        [.. Caught(entry, whole, inflect).Take(most).Select(word => word.Written)];

    private static IEnumerable<Ordinary> Caught(string entry, bool whole, bool inflect)
    {
        if (EntryPattern.Of(entry).Words is not [{ Kind: PieceKind.Word } word] || (whole && !word.IsStem)) return [];
        var own = word.IsStem
            ? OwnEndings.Append("").SelectMany(ending => Inflection.FormsOf(new EntryWord(PieceKind.Word, word.Form + ending))).ToHashSet(StringComparer.Ordinal)
            : Inflection.FormsOf(word).ToHashSet(StringComparer.Ordinal);
        var forms = inflect && !word.IsStem ? Inflection.FormsOf(word) : [word.Form];
        return All.Value.Where(ordinary => !own.Contains(ordinary.Form) && forms.Any(form => whole
            ? ordinary.Form.StartsWith(form, StringComparison.Ordinal)
            : ordinary.Form.Contains(form, StringComparison.Ordinal)));
    }

    private static IReadOnlyList<Ordinary> Read()
    {
        using var stream = typeof(OrdinaryWords).Assembly.GetManifestResourceStream("Moderato.Scoring.comments.tsv")
            ?? throw new InvalidOperationException("The assembly was built without comments.tsv.");
        using var reader = new StreamReader(stream);
        var column = Array.IndexOf(reader.ReadLine()!.Split('\t'), "text");
        var words = new Dictionary<string, (string Written, int Times)>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            using var text = NormalizedText.Of(line.Split('\t')[column]);
            var pieces = new Pieces(text.Chars);
            while (pieces.Next(out var piece))
            {
                var written = text.Chars[piece.Start..piece.End];
                if (piece.Kind != PieceKind.Word || written.ContainsAnyInRange('0', '9')) continue;
                var form = Folding.FormOf(piece.Kind, written);
                words[form] = words.TryGetValue(form, out var known) ? (known.Written, known.Times + 1) : (written.ToString().ToLowerInvariant(), 1);
            }
        }

        return
        [
            .. words.Where(word => word.Value.Times >= FewestTimes).OrderByDescending(word => word.Value.Times).ThenBy(word => word.Key, StringComparer.Ordinal)
                .Select(word => new Ordinary(word.Key, word.Value.Written)),
        ];
    }

    private sealed record Ordinary(string Form, string Written);
}
