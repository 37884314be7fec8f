using System.Globalization;
using Moderato.Scoring;

namespace Moderato.Model.Corpus;

/// <summary>
/// The words that extraction knows: the project's own lists with their inflected forms written as <c>bell|o,a,i,e</c>, the rude
/// words, and the English valences of AFINN.
/// </summary>
public sealed class LexiconFiles(FileDigests digests)
{
    private static readonly Dictionary<string, WordClasses> Names = new()
    {
        ["negation"] = WordClasses.Negation,
        ["contrast"] = WordClasses.Contrast,
        ["intensifier"] = WordClasses.Intensifier,
        ["insult"] = WordClasses.Insult,
        ["obscene"] = WordClasses.Obscene,
        ["slur"] = WordClasses.Slur,
        ["violence"] = WordClasses.Violence,
        ["sexual"] = WordClasses.Sexual,
        ["distress"] = WordClasses.Distress,
        ["selling"] = WordClasses.Selling,
        ["question"] = WordClasses.Question,
    };

    private readonly Dictionary<uint, LexiconEntry> _entries = [];

    /// <param name="own">Folder with <c>lexicon-it.tsv</c>, <c>lexicon-en.tsv</c> and <c>rude-words.txt</c>.</param>
    /// <param name="open">Folder with one folder per open source.</param>
    /// <exception cref="DataException">A line is not as described; the message names it.</exception>
    public Vocabulary Read(string own, string open)
    {
        var afinn = Path.Combine(open, "lexicons", "afinn165_multilingual.tsv");
        digests.Note("lexicons/afinn165_multilingual.tsv", afinn);
        foreach (var row in TsvTable.Read(afinn, "term", "score", "lang").Where(row => row[2] == "en" && row[1] is not ("1" or "-1")))
            Add(row[0], sbyte.Parse(row[1], CultureInfo.InvariantCulture), isItalian: false, WordClasses.None);
        ReadOwn(own, "lexicon-en.tsv", isItalian: false);
        ReadOwn(own, "lexicon-it.tsv", isItalian: true);

        var rudePath = Path.Combine(own, "rude-words.txt");
        digests.Note("rude-words.txt", rudePath);
        var rude = File.ReadLines(rudePath).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').ToList();
        foreach (var word in rude) Add(word, 0, isItalian: true, WordClasses.Rude);
        return new Vocabulary(new Lexicon(_entries.Values), new RudeWords(rude));
    }

    private void ReadOwn(string folder, string name, bool isItalian)
    {
        var path = Path.Combine(folder, name);
        digests.Note(name, path);
        foreach (var row in TsvTable.Read(path, "term", "valence", "classes"))
        {
            if (!sbyte.TryParse(row[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var valence) || Math.Abs(valence) > 5)
                throw new DataException($"The file {path} gives '{row[0]}' the valence '{row[1]}'; it is a whole number from -5 to 5.");
            var classes = WordClasses.None;
            foreach (var part in row[2].Split(',').Where(part => part != "-"))
            {
                classes |= part == "function" ? (isItalian ? WordClasses.ItalianFunction : WordClasses.EnglishFunction)
                    : Names.TryGetValue(part, out var known) ? known
                    : throw new DataException($"The file {path} gives '{row[0]}' the class '{part}', which is none.");
            }

            foreach (var form in Forms(row[0])) Add(form, valence, isItalian, classes);
        }
    }

    private static IEnumerable<string> Forms(string term)
    {
        var bar = term.IndexOf('|', StringComparison.Ordinal);
        return bar < 0 ? [term] : term[(bar + 1)..].Split(',').Select(ending => term[..bar] + (ending == "-" ? "" : ending));
    }

    /// <summary>Filed under the form the tokenizer gives the word; what it would cut into several is no entry.</summary>
    private void Add(string word, sbyte valence, bool isItalian, WordClasses classes)
    {
        Span<char> scratch = stackalloc char[Tokenizer.LongestWord];
        using var normalized = NormalizedText.Of(word);
        var tokens = new Tokenizer(normalized.Chars, scratch, Vocabulary.Empty.Rude);
        if (!tokens.Next(out var token) || token.End != normalized.Chars.Length) return;

        var hash = Lexicon.HashOf(token.Form);
        var known = _entries.GetValueOrDefault(hash);
        var both = token.Kind != TokenKind.Word;
        _entries[hash] = new LexiconEntry(
            hash,
            valence != 0 && (isItalian || both) ? valence : known.Italian,
            valence != 0 && (!isItalian || both) ? valence : known.English,
            known.Classes | classes);
    }
}
