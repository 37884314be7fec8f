namespace Moderato.Policy;

/// <summary>
/// Which form of address an Italian text uses. Only forms that can be nothing else count: "le" is mostly an article, "suo" may be
/// anybody's and "controlli" a noun, so these need the right neighbours, and a sentence that mentions somebody else says nothing.
/// </summary>
internal static class ItalianAddress
{
    private const int MostFound = 3;

    private enum Form
    {
        None,
        Tu,
        Lei,
        Voi,
    }

    public static bool IsClitic(string word) => AddressWords.Clitics.Contains(word);

    public static ToneFinding? Check(ToneText text, Address? wanted)
    {
        var others = SentencesAboutOthers(text);
        var found = new Dictionary<Form, List<string>>();
        for (var i = 0; i < text.Words.Count;)
        {
            var (form, length) = FormAt(text, i, others);
            if (form != Form.None) Add(found, form, text.Found(i, i + length - 1));
            i += length;
        }

        if (found.Count > 1) return ToneMessages.MixedAddress with { Found = string.Join(", ", found.OrderBy(f => f.Key).Select(f => f.Value[0])) };
        return wanted switch
        {
            Address.Tu when found.TryGetValue(Form.Lei, out var formal) => ToneMessages.NotTu with { Found = string.Join(", ", formal) },
            Address.Lei when found.TryGetValue(Form.Tu, out var familiar) => ToneMessages.NotLei with { Found = string.Join(", ", familiar) },
            _ => null,
        };
    }

    private static void Add(Dictionary<Form, List<string>> found, Form form, string words)
    {
        if (!found.TryGetValue(form, out var known)) found[form] = known = [];
        if (known.Count < MostFound && !known.Contains(words, StringComparer.OrdinalIgnoreCase)) known.Add(words);
    }

    private static HashSet<int> SentencesAboutOthers(ToneText text) =>
        [.. text.Words.Where((w, i) => AddressWords.Others.Contains(w.Form) && !IsGreeted(text, i)).Select(w => w.Sentence)];

    /// <summary>"Gentile cliente" is the reader.</summary>
    private static bool IsGreeted(ToneText text, int at) => text.SameClause(at - 1, at) && AddressWords.Greetings.Contains(text.Words[at - 1].Form);

    private static (Form Form, int Length) FormAt(ToneText text, int at, HashSet<int> others)
    {
        var word = text.Words[at];
        if (AddressWords.NoAddress.LengthAt(text, at) is > 0 and var length) return (Form.None, length);
        if (AddressWords.TuPhrases.LengthAt(text, at) is > 0 and var tu) return (Form.Tu, tu);
        if (IsTu(word)) return (Form.Tu, 1);
        if (IsVoi(word)) return (Form.Voi, 1);
        if (IsCapitalLei(text, at) && !(word.Form == "lei" && others.Contains(word.Sentence))) return (Form.Lei, 1);
        if (IsImperative(text, at, out var imperative)) return (imperative, 1);
        if (others.Contains(word.Sentence)) return (Form.None, 1);
        var lei = Math.Max(AddressWords.LeiPhrases.LengthAt(text, at), AddressWords.LeiWithoutSubject.LengthUnlessExempt(text, at));
        return lei > 0 ? (Form.Lei, lei) : (Form.None, 1);
    }

    private static bool IsTu(ToneWord word) => AddressWords.Tu.Contains(word.Form)
        || (word.Form.Length > 5 && word.Form.EndsWith("rai", StringComparison.Ordinal) && !word.StartsCapital && word.Form != "samurai")
        || (word.Form.Length > 6 && word.Form.EndsWith("resti", StringComparison.Ordinal) && !AddressWords.NoConditionals.Contains(word.Form));

    /// <summary>"VI" is a number.</summary>
    private static bool IsVoi(ToneWord word) => AddressWords.Voi.Contains(word.Form) && word.Capitals < 2;

    /// <summary>"Suo" and "Lei" with a capital inside a sentence, "La" and "Le" only before a verb: "da Le Terrazze" is a name.</summary>
    private static bool IsCapitalLei(ToneText text, int at)
    {
        var word = text.Words[at];
        if (word.Capitals != 1 || !word.StartsCapital || !text.SameClause(at - 1, at)) return false;
        if (text.Words[at - 1].StartsCapital) return false;
        if (AddressWords.CapitalLei.Contains(word.Form)) return true;
        return word.Form is "la" or "le" && text.SameClause(at, at + 1) && IsOurVerb(text.Words[at + 1].Form);
    }

    private static bool IsOurVerb(string word) => word.EndsWith("iamo", StringComparison.Ordinal) || word.EndsWith("remo", StringComparison.Ordinal);

    private static bool IsImperative(ToneText text, int at, out Form form)
    {
        form = Form.None;
        var word = text.Words[at];
        var formal = AddressWords.LeiImperatives.Contains(word.Form);
        var familiar = AddressWords.TuImperatives.Contains(word.Form);
        if ((!formal && !familiar) || text.IsQuestion(word)) return false;

        var first = at;
        while (text.SameClause(first - 1, at) && IsClitic(text.Words[first - 1].Form)) first--;
        var clitic = first < at;
        // "Le scriva" may be wished of somebody else; "ci scriva" with nothing but an "e" before it is asked of the reader.
        var alone = !text.SameClause(first - 1, at) || AddressWords.BeforeImperative.Contains(text.Words[first - 1].Form);
        if (!alone) return false;
        var afterGreeting = StartsSentence(text, first);
        var asksFor = text.SameClause(at, at + 1) && AddressWords.AfterImperative.Contains(text.Words[at + 1].Form);
        if (formal && (clitic ? AddressWords.AskingClitics.Contains(text.Words[first].Form) : afterGreeting && asksFor)) form = Form.Lei;
        // "Ci controlla" is what somebody does: the familiar imperative has its pronoun behind it.
        else if (familiar && !clitic && afterGreeting && asksFor) form = Form.Tu;
        return form != Form.None;
    }

    /// <summary>Nothing but a greeting and names before it: "Ciao Anna, controlla la posta".</summary>
    private static bool StartsSentence(ToneText text, int at)
    {
        var sentence = text.Words[at].Sentence;
        var before = at - 1;
        if (text.SameClause(before, at)) return AddressWords.BeforeImperative.Contains(text.Words[before].Form) && !text.SameClause(before - 1, at);
        for (var steps = 0; before >= 0 && text.Words[before].Sentence == sentence; before--, steps++)
        {
            var word = text.Words[before];
            var greets = word.StartsCapital || word.Form is ToneWord.Placeholder || AddressWords.Greetings.Contains(word.Form);
            if (!greets || steps > 4) return false;
        }

        return true;
    }
}
