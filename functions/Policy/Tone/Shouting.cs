using System.Collections.Frozen;

namespace Moderato.Policy;

/// <summary>Words in capitals and rows of exclamation marks.</summary>
internal static class Shouting
{
    private const int FewestLetters = 4;

    private static readonly FrozenSet<string> Acronyms = FrozenSet.Create(StringComparer.Ordinal,
        "aams", "agcm", "agcom", "aifa", "arera", "asap", "bancomat", "covid", "docg", "dpcm", "esim", "faqs", "fifa", "gdpr", "gots",
        "haccp", "hdmi", "html", "http", "https", "iban", "ikea", "imap", "imei", "inail", "inci", "inps", "isbn", "isee", "isin", "ivass", "jpeg",
        "lgbt", "lgbtq", "nasa", "nato", "oled", "onlus", "pagopa", "qled", "raee", "rgpd", "rohs", "sepa", "siae", "smtp", "spid",
        "swift", "taeg", "uefa", "unesco", "unicef", "visa", "wlan", "wifi");

    /// <summary>What follows these is a name to type: "il codice ESTATE".</summary>
    private static readonly FrozenSet<string> BeforeNames = FrozenSet.Create(StringComparer.Ordinal,
        "articolo", "code", "codice", "coupon", "model", "modello", "sconto", "voucher");

    /// <summary>A row of shouted words is one finding.</summary>
    public static IEnumerable<string> In(ToneText text)
    {
        for (var i = 0; i < text.Words.Count; i++)
        {
            if (!IsShouted(text, i)) continue;
            var first = i;
            while (i + 1 < text.Words.Count && text.SameClause(i, i + 1) && IsCapital(text.Words[i + 1])) i++;
            yield return text.Found(first, i);
        }

        foreach (var marks in text.ShoutingMarks) yield return marks;
    }

    private static bool IsShouted(ToneText text, int at)
    {
        var word = text.Words[at];
        if (word.Form.Length < FewestLetters || !IsCapital(word) || Acronyms.Contains(word.Form)) return false;
        return !text.SameClause(at - 1, at) || !BeforeNames.Contains(text.Words[at - 1].Form);
    }

    /// <summary>Letters only: with a digit or an underscore it is a code.</summary>
    private static bool IsCapital(ToneWord word) => word.Capitals > 0 && word.Capitals == word.Form.Length;
}
