namespace Moderato.Scoring;

/// <summary>Counts on the way through a text, for the signals that are amounts.</summary>
internal struct Amounts
{
    private int _obscured;
    private int _elongated;
    private int _insults;
    private int _obscenities;
    private int _slurs;
    private int _violence;
    private int _sex;
    private int _distress;
    private int _selling;
    private int _exclamations;
    private int _questions;
    private int _hashtags;
    private int _money;
    private bool _beginsAsking;
    private bool _endsAsking;
    private int _italian;
    private int _english;

    public int Rude { get; private set; }

    public int Negations { get; set; }

    public int Links { get; set; }

    public int Numbers { get; set; }

    public int LongNumbers { get; set; }

    /// <summary>Common words of Italian less those of English.</summary>
    public readonly int LanguageVote => _italian - _english;

    public void Count<TSink>(WordClasses classes, int wordsBefore, int start, int end, ref TSink sink)
        where TSink : struct, IFeatureSink
    {
        if (classes == WordClasses.None) return;
        if (classes.Have(WordClasses.ItalianFunction)) _italian++;
        if (classes.Have(WordClasses.EnglishFunction)) _english++;
        if (classes.Have(WordClasses.Question) && wordsBefore < 2) _beginsAsking = true;
        if (classes.Have(WordClasses.Rude)) Rude++;
        if (classes.Have(WordClasses.Insult)) Note(Signal.Insults, ref _insults, start, end, ref sink);
        if (classes.Have(WordClasses.Obscene)) Note(Signal.Obscenities, ref _obscenities, start, end, ref sink);
        if (classes.Have(WordClasses.Slur)) Note(Signal.Slurs, ref _slurs, start, end, ref sink);
        if (classes.Have(WordClasses.Violence)) Note(Signal.Violence, ref _violence, start, end, ref sink);
        if (classes.Have(WordClasses.Sexual)) Note(Signal.Sex, ref _sex, start, end, ref sink);
        if (classes.Have(WordClasses.Distress)) Note(Signal.Distress, ref _distress, start, end, ref sink);
        if (classes.Have(WordClasses.Selling)) Note(Signal.Selling, ref _selling, start, end, ref sink);
    }

    /// <summary>A word that was disguised or drawn out.</summary>
    public void Note<TSink>(Signal signal, int start, int end, ref TSink sink)
        where TSink : struct, IFeatureSink
    {
        if (signal == Signal.Obscured) Note(signal, ref _obscured, start, end, ref sink);
        else Note(signal, ref _elongated, start, end, ref sink);
    }

    /// <summary>A run of marks in the form the tokenizer gives it.</summary>
    public void Mark(ReadOnlySpan<char> form)
    {
        if (form.Contains('!')) _exclamations += form is "!!" ? 2 : 1;
        if (form.Contains('?')) _questions++;
        _endsAsking = form.Contains('?');
    }

    public void Sign(char sign)
    {
        if (sign == '#') _hashtags++;
        if (sign is '€' or '$' or '£') _money++;
    }

    public readonly void Finish<TSink>(int words, int mentions, double capitals, in Tokenizer tokens, ref TSink sink)
        where TSink : struct, IFeatureSink
    {
        Set(Signal.Exclamations, _exclamations, 3, ref sink);
        Set(Signal.Question, _questions, 1, ref sink);
        Set(Signal.EndsAsking, _endsAsking ? 1 : 0, 1, ref sink);
        Set(Signal.BeginsAsking, _beginsAsking ? 1 : 0, 1, ref sink);
        if (capitals > 0) sink.Add(Signal.Capitals, (float)capitals);
        Set(Signal.Elongated, _elongated, 1, ref sink);
        Set(Signal.Links, Links, 2, ref sink);
        Set(Signal.Mentions, mentions, 3, ref sink);
        Set(Signal.Hashtags, _hashtags, 3, ref sink);
        Set(Signal.Number, Numbers, 1, ref sink);
        Set(Signal.LongNumber, LongNumbers, 1, ref sink);
        Set(Signal.Money, _money, 1, ref sink);
        Set(Signal.Negation, Negations, 1, ref sink);
        Set(Signal.Insults, _insults, 2, ref sink);
        Set(Signal.Obscenities, _obscenities, 2, ref sink);
        Set(Signal.Slurs, _slurs, 2, ref sink);
        Set(Signal.Violence, _violence, 2, ref sink);
        Set(Signal.Sex, _sex, 2, ref sink);
        Set(Signal.Distress, _distress, 2, ref sink);
        Set(Signal.Selling, _selling, 4, ref sink);
        Set(Signal.Obscured, _obscured, 1, ref sink);
        Set(words switch { 0 => Signal.NoWords, <= 2 => Signal.OneOrTwoWords, <= 6 => Signal.FewWords, <= 15 => Signal.ManyWords, <= 40 => Signal.VeryManyWords, _ => Signal.CountlessWords }, 1, 1, ref sink);
        if (tokens.ForeignLetters > 0) sink.Add(Signal.ForeignScript, (float)tokens.ForeignLetters / tokens.Letters);
        Set(Signal.Italian, LanguageVote, 5, ref sink);
        Set(Signal.English, -LanguageVote, 5, ref sink);
    }

    private static void Note<TSink>(Signal signal, ref int count, int start, int end, ref TSink sink)
        where TSink : struct, IFeatureSink
    {
        count++;
        sink.Contribute(signal, start, end);
    }

    private static void Set<TSink>(Signal signal, int count, int full, ref TSink sink)
        where TSink : struct, IFeatureSink
    {
        if (count > 0) sink.Add(signal, Math.Min(1f, (float)count / full));
    }
}
