namespace Moderato.Policy;

/// <summary>How one person is addressed in Italian.</summary>
public enum Address
{
    Tu,
    Lei,
}

/// <summary>What an answer answers to.</summary>
/// <param name="Language"><c>it</c> or <c>en</c>; in any other language only length and shouting are looked at.</param>
/// <param name="Address">The wanted form in Italian; null: any, but one. <em>Voi</em> is fine for a group, but not mixed with the others.</param>
/// <param name="ToAngryPerson">Whether whoever reads it is angry: nothing may be sold to them now.</param>
/// <param name="ApologyOwed">Whether something went wrong for which the answer has to apologise.</param>
/// <param name="MostCharacters">The longest it may be.</param>
public sealed record ToneSituation(string Language, Address? Address, bool ToAngryPerson, bool ApologyOwed, int MostCharacters = 500);

/// <summary>What may be wrong with the tone of an answer.</summary>
public enum ToneRule
{
    /// <summary>It changes between tu, Lei and voi.</summary>
    MixedAddress,

    /// <summary>It keeps to one form of address, but not to the wanted one.</summary>
    WrongAddress,

    /// <summary>It tells people that they are at fault.</summary>
    Blame,

    /// <summary>It promises what is in nobody's hands. What the team does itself may be announced.</summary>
    Promise,

    /// <summary>It sells something to an angry person.</summary>
    Selling,

    /// <summary>It owes an apology and has none.</summary>
    ApologyMissing,

    /// <summary>It is longer than it may be.</summary>
    TooLong,

    /// <summary>Words in capitals, or several exclamation marks in a row.</summary>
    Shouting,
}

/// <param name="Rule">What is wrong.</param>
/// <param name="Found">The words that were found, as written; empty where something is missing or the whole is too long.</param>
/// <param name="Italian">Why it matters and what to do instead, in one Italian sentence.</param>
/// <param name="English">The same in English.</param>
public sealed record ToneFinding(ToneRule Rule, string Found, string Italian, string English);
