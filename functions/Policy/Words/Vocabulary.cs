namespace Moderato.Policy;

/// <param name="Terms">One after the other.</param>
/// <param name="List">Which list says so.</param>
internal sealed record Phrase(int[] Terms, int List);

/// <summary>Everything all lists look for. A term is a word in all its forms, once however many lists have it.</summary>
internal sealed class Vocabulary
{
    private readonly FormIndex _words;
    private readonly FormIndex _starts;
    private readonly FormIndex _insides;
    private readonly StarredIndex _starredWords;
    private readonly StarredIndex _starredStarts;
    private readonly int[][] _lists;
    private readonly Phrase[][] _phrases;
    private readonly bool[] _isInPhrase;

    public Vocabulary(IReadOnlyList<WordList> lists)
    {
        var builder = new Builder();
        for (var i = 0; i < lists.Count; i++)
            foreach (var entry in lists[i].Entries) builder.Add(i, lists[i], EntryPattern.Of(entry));

        _words = new FormIndex(builder.Words);
        _starts = new FormIndex(builder.Starts);
        _insides = new FormIndex(builder.Insides);
        _starredWords = new StarredIndex(builder.Words.Concat(builder.Insides));
        _starredStarts = new StarredIndex(builder.Starts);
        _lists = [.. builder.Terms.Select(term => term.Lists.Distinct().ToArray())];
        _phrases = [.. builder.Terms.Select(term => term.Phrases.ToArray())];
        _isInPhrase = new bool[builder.Terms.Count];
        foreach (var term in _phrases.SelectMany(phrases => phrases).SelectMany(phrase => phrase.Terms)) _isInPhrase[term] = true;
    }

    public int[] ListsOf(int term) => _lists[term];

    public Phrase[] PhrasesEndingWith(int term) => _phrases[term];

    public bool IsInPhrase(int term) => _isInPhrase[term];

    /// <param name="form">Folded.</param>
    /// <param name="recent">Receives the terms.</param>
    public bool Find(scoped ReadOnlySpan<char> form, ref RecentTerms recent) =>
        _words.FindWhole(form, ref recent) | _starts.FindStart(form, ref recent) | _insides.FindInside(form, ref recent);

    /// <param name="pattern">Folded, with a star for each letter that is hidden.</param>
    /// <param name="recent">Receives the terms.</param>
    public bool FindStarred(scoped ReadOnlySpan<char> pattern, ref RecentTerms recent) =>
        _starredWords.Find(pattern, isStem: false, ref recent) | _starredStarts.Find(pattern, isStem: true, ref recent)
        | _starts.FindStart(pattern[..pattern.IndexOf('*')], ref recent);

    private sealed class Builder
    {
        private readonly Dictionary<(EntryWord, bool IsInside, bool Inflect), int> _known = [];

        public Dictionary<string, List<int>> Words { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, List<int>> Starts { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, List<int>> Insides { get; } = new(StringComparer.Ordinal);

        public List<(List<int> Lists, List<Phrase> Phrases)> Terms { get; } = [];

        public void Add(int list, WordList of, EntryPattern pattern)
        {
            // What WordEntry refuses is never found, instead of everywhere.
            if (pattern.Words.Count > EntryPattern.MostParts || pattern.Words.All(word => word.Kind == PieceKind.Sign)) return;
            var terms = pattern.Words.Select(word => TermOf(word, of)).ToArray();
            if (terms.Length == 1) Terms[terms[0]].Lists.Add(list);
            else Terms[terms[^1]].Phrases.Add(new Phrase(terms, list));
            if (pattern.Joined is { } joined) Terms[TermOf(new EntryWord(PieceKind.Word, joined, IsStem: pattern.Words[^1].IsStem), of)].Lists.Add(list);
        }

        private int TermOf(EntryWord word, WordList list)
        {
            var isInside = word.Kind == PieceKind.Word && (!list.Whole || word.Form.Any(Folding.IsUnspaced));
            var inflect = list.Inflect && !word.IsStem;
            if (_known.TryGetValue((word, isInside, inflect), out var term)) return term;

            term = Terms.Count;
            Terms.Add(([], []));
            _known.Add((word, isInside, inflect), term);
            var index = isInside ? Insides : word.IsStem ? Starts : Words;
            foreach (var form in inflect ? Inflection.FormsOf(word) : [word.Form])
            {
                if (!index.TryGetValue(form, out var terms)) index.Add(form, terms = []);
                terms.Add(term);
            }

            return term;
        }
    }
}
