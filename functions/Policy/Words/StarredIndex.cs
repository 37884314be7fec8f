namespace Moderato.Policy;

/// <summary>Forms in order, for words of which stars hide a part: "gr***one", "vaff***".</summary>
internal sealed class StarredIndex
{
    /// <summary>Fewest letters that must be legible: "s***" may be anything.</summary>
    private const int FewestLegible = 2;

    /// <summary>Fewest letters before stars that stand for any number, since nobody counts them at the end.</summary>
    private const int ShortestStem = 3;

    private readonly string[] _forms;
    private readonly int[][] _terms;

    public StarredIndex(IEnumerable<KeyValuePair<string, List<int>>> forms)
    {
        var sorted = forms.OrderBy(form => form.Key, StringComparer.Ordinal).ToList();
        _forms = [.. sorted.Select(form => form.Key)];
        _terms = [.. sorted.Select(form => form.Value.ToArray())];
    }

    /// <param name="pattern">Folded, with at least one star.</param>
    /// <param name="isStem">Whether a form counts as found when the pattern goes on behind it.</param>
    /// <param name="recent">Receives the terms.</param>
    public bool Find(scoped ReadOnlySpan<char> pattern, bool isStem, ref RecentTerms recent)
    {
        var found = false;
        var legible = pattern[..pattern.IndexOf('*')];
        if (legible.IsEmpty) return false;
        for (var i = FirstNotBefore(legible); i < _forms.Length && _forms[i].AsSpan().StartsWith(legible, StringComparison.Ordinal); i++)
        {
            if (!(isStem ? FitsStart(pattern, _forms[i]) : FitsWhole(pattern, _forms[i]))) continue;
            recent.Add(_terms[i]);
            found = true;
        }

        return found;
    }

    private int FirstNotBefore(ReadOnlySpan<char> start)
    {
        var (low, high) = (0, _forms.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_forms[middle].AsSpan().SequenceCompareTo(start) < 0) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static bool FitsStart(ReadOnlySpan<char> pattern, string form) => form.Length <= pattern.Length && Fits(pattern[..form.Length], form);

    /// <summary>A star stands for one letter; several at the end for any number. One at the end may be "tutt*", which means o, a, i or e.</summary>
    private static bool FitsWhole(ReadOnlySpan<char> pattern, string form)
    {
        if (form.Length == pattern.Length) return Fits(pattern, form);
        var stem = pattern.TrimEnd('*');
        return stem.Length < pattern.Length - 1 && stem.Length >= ShortestStem && form.Length > stem.Length && Fits(stem, form.AsSpan(0, stem.Length));
    }

    private static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> letters)
    {
        var legible = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '*') continue;
            if (pattern[i] != letters[i]) return false;
            legible++;
        }

        return legible >= FewestLegible;
    }
}
