using System.Collections.Frozen;

namespace Moderato.Policy;

/// <summary>Which terms a form belongs to, found by slices of a text.</summary>
internal sealed class FormIndex
{
    private readonly FrozenDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _terms;
    private readonly int[] _lengths;

    public FormIndex(IReadOnlyDictionary<string, List<int>> forms)
    {
        _terms = forms.ToFrozenDictionary(form => form.Key, form => form.Value.ToArray(), StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _lengths = [.. forms.Keys.Select(form => form.Length).Distinct().Order()];
    }

    /// <summary>The form is the word.</summary>
    public bool FindWhole(scoped ReadOnlySpan<char> word, ref RecentTerms recent)
    {
        if (!_terms.TryGetValue(word, out var terms)) return false;
        recent.Add(terms);
        return true;
    }

    /// <summary>The word begins with the form.</summary>
    public bool FindStart(scoped ReadOnlySpan<char> word, ref RecentTerms recent)
    {
        var found = false;
        foreach (var length in _lengths)
        {
            if (length > word.Length) break;
            found |= FindWhole(word[..length], ref recent);
        }

        return found;
    }

    /// <summary>The form is somewhere in the word.</summary>
    public bool FindInside(scoped ReadOnlySpan<char> word, ref RecentTerms recent)
    {
        if (_lengths.Length == 0) return false;
        var found = false;
        for (var at = 0; at + _lengths[0] <= word.Length; at++) found |= FindStart(word[at..], ref recent);
        return found;
    }
}
