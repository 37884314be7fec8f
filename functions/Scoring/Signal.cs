namespace Moderato.Scoring;

/// <summary>
/// Features that are amounts rather than presences, each between 0 and 1. The order is part of the model file: new ones are
/// added at the end, with a new <see cref="ModelFile.FormatVersion"/>.
/// </summary>
public enum Signal
{
    /// <summary>Valence of the words with a good mood, 8 and more being 1.</summary>
    GoodMood,

    /// <summary>The same for a bad one.</summary>
    BadMood,

    /// <summary>Whether there are words of a good mood and none of a bad one.</summary>
    OnlyGood,

    /// <summary>The reverse.</summary>
    OnlyBad,

    /// <summary>Words of both.</summary>
    GoodAndBad,

    /// <summary>How far the good mood prevails, 5 being 1.</summary>
    GoodPrevails,

    /// <summary>How far the bad one does.</summary>
    BadPrevails,

    /// <summary>The last word with a mood is a good one.</summary>
    EndsWell,

    /// <summary>The last word with a mood is a bad one.</summary>
    EndsBadly,

    /// <summary>Good mood after the last "but".</summary>
    GoodAfterContrast,

    /// <summary>Bad mood after the last "but".</summary>
    BadAfterContrast,

    /// <summary>Emoji of a good mood.</summary>
    GoodEmoji,

    /// <summary>Emoji of a bad mood.</summary>
    BadEmoji,

    /// <summary>Exclamation marks, 3 being 1; "!!" counts two.</summary>
    Exclamations,

    /// <summary>Whether there is a question mark.</summary>
    Question,

    /// <summary>Whether it ends with one.</summary>
    EndsAsking,

    /// <summary>Whether one of the first two words asks.</summary>
    BeginsAsking,

    /// <summary>Share of capitals, in texts of at least 8 letters.</summary>
    Capitals,

    /// <summary>Whether a word is drawn out.</summary>
    Elongated,

    /// <summary>Links, 2 being 1.</summary>
    Links,

    /// <summary>Mentions, 3 being 1.</summary>
    Mentions,

    /// <summary>Hash signs, 3 being 1.</summary>
    Hashtags,

    /// <summary>Whether there is a number.</summary>
    Number,

    /// <summary>Whether a number has at least 7 digits, as telephones have.</summary>
    LongNumber,

    /// <summary>Whether a currency sign is there.</summary>
    Money,

    /// <summary>Whether a word is negated.</summary>
    Negation,

    /// <summary>Words of the class, 2 being 1; so the next ones.</summary>
    Insults,

    /// <inheritdoc cref="Insults"/>
    Obscenities,

    /// <inheritdoc cref="Insults"/>
    Slurs,

    /// <inheritdoc cref="Insults"/>
    Violence,

    /// <inheritdoc cref="Insults"/>
    Sex,

    /// <inheritdoc cref="Insults"/>
    Distress,

    /// <summary>Words of advertising and swindle, 4 being 1.</summary>
    Selling,

    /// <summary>Whether a rude word was disguised.</summary>
    Obscured,

    /// <summary>No words at all.</summary>
    NoWords,

    /// <summary>One or two words.</summary>
    OneOrTwoWords,

    /// <summary>3 to 6 words.</summary>
    FewWords,

    /// <summary>7 to 15 words.</summary>
    ManyWords,

    /// <summary>16 to 40 words.</summary>
    VeryManyWords,

    /// <summary>More.</summary>
    CountlessWords,

    /// <summary>Share of letters that are not Latin.</summary>
    ForeignScript,

    /// <summary>Words of Italian against words of English, where the first prevail.</summary>
    Italian,

    /// <summary>The reverse.</summary>
    English,

    /// <summary>No word or emoji with a mood.</summary>
    NoMood,
}
