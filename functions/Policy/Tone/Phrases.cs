namespace Moderato.Policy;

/// <summary>
/// Phrases that are looked for in a text. In a line, <c>a/b</c> is one of several words, <c>(a/b)</c> may be missing, <c>#</c> is any
/// number. A phrase lies within one clause; at each word the longest one counts.
/// </summary>
internal sealed class Phrases
{
    private readonly Dictionary<string, List<Step[]>> _byFirstWord = [];
    private readonly HashSet<string> _unlessBehind;

    /// <param name="unlessBehind">A phrase does not count right behind one of these words, pronouns in between left aside.</param>
    /// <param name="lines">One phrase or several to a line, parted by commas.</param>
    public Phrases(string[] unlessBehind, params string[] lines)
    {
        _unlessBehind = [.. unlessBehind.SelectMany(ToneText.Forms)];
        foreach (var phrase in lines.SelectMany(line => line.Split(',', StringSplitOptions.TrimEntries)))
        {
            var steps = phrase.Replace('\'', ' ').Split(' ').Select(Step.Parse).ToArray();
            foreach (var word in steps[0].Words)
            {
                if (!_byFirstWord.TryGetValue(word, out var phrases)) _byFirstWord[word] = phrases = [];
                phrases.Add(steps);
            }
        }
    }

    private HashSet<string>? Leads { get; init; }

    /// <summary>Phrases whose subject is the reader only if nobody else is named before them: they count at the beginning of a clause, or behind one of these words.</summary>
    public static Phrases OnlyBehind(string[] words, params string[] lines) =>
        new([], lines) { Leads = [.. words.SelectMany(ToneText.Forms)] };

    /// <returns>As <see cref="LengthAt"/>, but 0 where what stands before the phrase makes it harmless.</returns>
    public int LengthUnlessExempt(ToneText text, int at) => LengthAt(text, at) is > 0 and var length && !IsExempt(text, at) ? length : 0;

    public IEnumerable<string> In(ToneText text)
    {
        for (var at = 0; at < text.Words.Count; at++)
        {
            var length = LengthAt(text, at);
            if (length == 0) continue;
            if (!IsExempt(text, at)) yield return text.Found(at, at + length - 1);
            at += length - 1;
        }
    }

    /// <returns>How many words the longest phrase at that word has; 0 if there is none.</returns>
    public int LengthAt(ToneText text, int at) =>
        _byFirstWord.TryGetValue(text.Words[at].Form, out var phrases) ? phrases.Max(steps => Match(text, at, steps)) : 0;

    private static int Match(ToneText text, int start, Step[] steps)
    {
        var at = start;
        foreach (var step in steps)
        {
            if (text.SameClause(start, at) && step.Words.Contains(text.Words[at].Form)) at++;
            else if (!step.MayBeMissing) return 0;
        }

        return at - start;
    }

    private bool IsExempt(ToneText text, int at)
    {
        var before = at - 1;
        while (text.SameClause(before, at) && !_unlessBehind.Contains(text.Words[before].Form) && ItalianAddress.IsClitic(text.Words[before].Form)) before--;
        if (!text.SameClause(before, at)) return false;
        return _unlessBehind.Contains(text.Words[before].Form) || Leads?.Contains(text.Words[before].Form) == false;
    }

    private sealed record Step(HashSet<string> Words, bool MayBeMissing)
    {
        public static Step Parse(string written)
        {
            var optional = written[0] == '(';
            var words = (optional ? written[1..^1] : written).Split('/');
            return new Step([.. words.Select(w => w is ToneWord.Number or "%" ? w : Single(ToneText.Forms(w), w))], optional);
        }

        private static string Single(string[] forms, string written) =>
            forms.Length == 1 ? forms[0] : throw new FormatException($"\"{written}\" is not one word.");
    }
}
