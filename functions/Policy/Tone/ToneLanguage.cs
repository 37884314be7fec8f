namespace Moderato.Policy;

/// <summary>What is looked for in one language.</summary>
internal sealed record ToneLanguage(Phrases[] Blame, Phrases Promises, Outcomes Outcomes, Phrases Selling, Phrases Apologies)
{
    public static readonly ToneLanguage Italian =
        new([ItalianTone.Blame, ItalianTone.BlameWithoutSubject], ItalianTone.Promises, ItalianTone.Outcomes, ItalianTone.Selling, ItalianTone.Apologies);

    public static readonly ToneLanguage English =
        new([EnglishTone.Blame], EnglishTone.Promises, EnglishTone.Outcomes, EnglishTone.Selling, EnglishTone.Apologies);

    public static ToneLanguage? Of(string language) => language switch
    {
        "it" => Italian,
        "en" => English,
        _ => null,
    };
}
