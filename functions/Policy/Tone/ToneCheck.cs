using System.Globalization;

namespace Moderato.Policy;

/// <summary>
/// Reads an answer before it is sent, as a careful colleague would. It knows phrases, not meaning, and rather says nothing than
/// something wrong: what it finds is advice for the person who sends the answer.
/// </summary>
public static class ToneCheck
{
    /// <param name="text">The answer, or a template with its placeholders.</param>
    /// <param name="situation">What it answers to.</param>
    /// <returns>In the order of <see cref="ToneRule"/>, each finding once; empty if nothing speaks against the answer.</returns>
    public static IReadOnlyList<ToneFinding> Check(string text, ToneSituation situation)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(situation);
        var read = ToneText.Read(text);
        var findings = new List<ToneFinding>();
        var language = ToneLanguage.Of(situation.Language);
        if (language == ToneLanguage.Italian && ItalianAddress.Check(read, situation.Address) is { } address) findings.Add(address);
        if (language is not null) AddPhrases(findings, read, language, situation);
        if (LengthOf(text) > situation.MostCharacters) findings.Add(ToneMessages.TooLong(situation.MostCharacters));
        Add(findings, ToneMessages.Shouting, Shouting.In(read));
        return findings;
    }

    private static void AddPhrases(List<ToneFinding> findings, ToneText text, ToneLanguage language, ToneSituation situation)
    {
        Add(findings, ToneMessages.Blame, language.Blame.SelectMany(phrases => phrases.In(text)));
        Add(findings, ToneMessages.Promise, language.Promises.In(text).Concat(language.Outcomes.In(text)));
        if (situation.ToAngryPerson) Add(findings, ToneMessages.Selling, language.Selling.In(text));
        if (situation.ApologyOwed && !language.Apologies.In(text).Any()) findings.Add(ToneMessages.ApologyMissing);
    }

    private static void Add(List<ToneFinding> findings, ToneFinding message, IEnumerable<string> found) =>
        findings.AddRange(found.Distinct(StringComparer.OrdinalIgnoreCase).Select(words => message with { Found = words }));

    /// <summary>As people count: an emoji or a letter with its accent is one.</summary>
    private static int LengthOf(string text) => new StringInfo(text).LengthInTextElements;
}
