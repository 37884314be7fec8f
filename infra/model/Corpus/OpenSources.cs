using System.Globalization;
using Moderato.Scoring;

namespace Moderato.Model.Corpus;

/// <summary>
/// The open data sets, each with what its labels say of ours. Texts come in file order, the same on every machine. What a source
/// does not know of a text stays unknown; a source without a licence that allows it is not here.
/// </summary>
public sealed class OpenSources(string folder, FileDigests digests)
{
    private static readonly string[] Languages = ["it", "en", "es", "fr", "de", "pt"];

    public IEnumerable<LabelledText> Read() =>
    [
        .. LanguageLines(), .. Xed("it"), .. Xed("en"), .. Languages[..5].SelectMany(Chitchat), .. GoEmotions(), .. Afinn("it"), .. Afinn("en"),
        .. Jigsaw("it"), .. Jigsaw("es"), .. Languages.SelectMany(RtpLx), .. ParaDetox(), .. Surge(), .. WikipediaDetox(), .. CivilSpans(), .. Edos(),
        .. YouTubeSpam(), .. SmsSpam(), .. Bitext(), .. Clinc(),
    ];

    /// <summary>Texts for measuring only: their licence is not confirmed.</summary>
    public IEnumerable<LabelledText> ReadForTesting() =>
        Rows("uci_sentiment_sentences/uci_sentiment_sentences_train.tsv", "text", "polarity")
            .Select(row => Text(row[0], "en", "uci_sentiment_sentences", row[0], true, targets => Sentiment(targets, row[1])));

    private static LabelledText Text(string text, string language, string source, string group, bool test, Action<float[]> label)
    {
        var targets = Columns.Unknown();
        label(targets);
        return new LabelledText(text, language, source, group, test, targets);
    }

    private static LabelledText Text(string text, string language, string source, string group, Action<float[]> label) =>
        Text(text, language, source, group, false, label);

    private IEnumerable<string[]> Rows(string file, params string[] columns)
    {
        var path = Path.Combine(folder, file);
        digests.Note(file, path);
        return TsvTable.Read(path, columns);
    }

    private IEnumerable<LabelledText> LanguageLines() =>
        Rows("xed_langid/langid_subtitles_train.tsv.gz", "text", "lang")
            .SelectMany(row => (string[])[row[0], .. Fragment(row[0])], (row, text) => Text(text, row[1], "xed_langid", row[0], targets => Language(targets, row[1])));

    /// <summary>Two words of a longer line: comments are often no longer, subtitles rarely so short.</summary>
    private static string[] Fragment(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 4) return [];
        var at = Fnv1a.Fold(Fnv1a.Add(Fnv1a.OffsetBasis, line), 16) % (words.Length - 1);
        return [$"{words[at]} {words[at + 1]}"];
    }

    private IEnumerable<LabelledText> Xed(string language) =>
        Rows($"xed/xed_{language}_train.tsv", "text", "polarity", "emotions").Select(row => Text(row[0], language, "xed", row[0], targets =>
        {
            // Italian has no neutral lines of its own: anticipation or surprise alone comes closest.
            Sentiment(targets, row[1] == "ambiguous" ? "neutral" : row[1]);
            if (row[1] != "mixed") Set(targets, HeadNames.Anger, row[2].Contains("anger", StringComparison.Ordinal) ? 0.7f : 0);
        }));

    private IEnumerable<LabelledText> Chitchat(string language) =>
        Rows($"botframework_chitchat/chitchat_{language}.tsv", "text", "group", "sentiment_hint", "intent_hint")
            .Select(row => Text(row[0], language, "botframework_chitchat", row[1], targets =>
            {
                Language(targets, language);
                if (language is not ("it" or "en")) return;
                Sentiment(targets, row[2]);
                Set(targets, HeadNames.Toxicity, row[3] == "insult" ? 1 : 0);
                Set(targets, "insult", row[3] == "insult" ? 1 : 0);
                Set(targets, HeadNames.Distress, row[1] == "self_harm" ? 1 : 0);
                Set(targets, HeadNames.Spam, 0);
                if (row[3] == "question") return;
                Set(targets, "praise", row[3] == "praise" ? 1 : 0);
                Set(targets, "complaint", row[3] == "complaint" ? 1 : 0);
            }));

    private IEnumerable<LabelledText> GoEmotions() =>
        Rows("goemotions/goemotions_train.tsv.gz", "text", "polarity", "emotions").Select(row =>
            Text(row[0].Replace("[NAME]", "Sam", StringComparison.Ordinal).Replace("[RELIGION]", "religion", StringComparison.Ordinal), "en", "goemotions", row[0], targets =>
            {
                Sentiment(targets, row[1]);
                var emotions = row[2].Split(' ');
                Set(targets, HeadNames.Anger, emotions.Contains("anger") ? 0.8f : emotions.Contains("annoyance") ? 0.4f : 0);
                Language(targets, "en");
                Set(targets, HeadNames.Spam, 0);
            }));

    private IEnumerable<LabelledText> Afinn(string language) =>
        Rows("lexicons/afinn165_multilingual.tsv", "term", "score", "lang")
            .Where(row => row[2] == language && Math.Abs(Number(row[1])) >= 2)
            .Select(row => Text(row[0], language, "afinn", row[0], targets => Sentiment(targets, Number(row[1]) < 0 ? "negative" : "positive")));

    private IEnumerable<LabelledText> Jigsaw(string language) =>
        Rows($"jigsaw_multilingual/jigsaw_{language}_native_train.tsv", "text", "toxic").Select(row => Text(row[0], language, "jigsaw", row[0], targets =>
        {
            Language(targets, language);
            Set(targets, HeadNames.Toxicity, Number(row[1]));
        }));

    /// <summary>Written by people: prompts with the mean of three annotators' scores. What a language model wrote on is left out.</summary>
    private IEnumerable<LabelledText> RtpLx(string language) =>
        Rows($"rtp_lx/rtp_lx_{language}_train.tsv", "text", "kind", "toxicity", "insult", "identity_attack", "violence", "sexual", "self_harm", "id")
            .Where(row => row[1] != "model_completion")
            .Select(row => Text(row[0], language, "rtp_lx", row[8], targets =>
            {
                Language(targets, language);
                // From 1 (not) to 5 (very), resp. 3: the middle of the scale is half.
                Set(targets, HeadNames.Toxicity, Math.Clamp((Number(row[2]) - 1) / 3, 0, 1));
                if (row[1] != "prompt") return;
                Set(targets, "insult", (Number(row[3]) - 1) / 2);
                Set(targets, "identity-attack", (Number(row[4]) - 1) / 2);
                Set(targets, "threat", (Number(row[5]) - 1) / 2);
                Set(targets, "sexual", (Number(row[6]) - 1) / 2);
                Set(targets, HeadNames.Distress, Number(row[7]) >= 2 ? 1 : 0);
            }));

    private IEnumerable<LabelledText> ParaDetox() =>
        Rows("paradetox/paradetox_train.tsv", "text", "toxic", "pair_id")
            // Case and spacing would tell the two sides apart without a word being read.
            .Select(row => Text(Detached(row[0]), "en", "paradetox", row[2], targets => Set(targets, HeadNames.Toxicity, Number(row[1]))));

    private IEnumerable<LabelledText> Surge() =>
        Rows("surge_toxicity/surge_toxicity_train.tsv", "text", "toxic")
            .Select(row => Text(row[0], "en", "surge_toxicity", row[0], targets => Set(targets, HeadNames.Toxicity, Number(row[1]))));

    private IEnumerable<LabelledText> WikipediaDetox() =>
        Rows("mlnet_wikipedia_detox/wikipedia_detox_250_train.tsv", "text", "toxic")
            .Select(row => Text(row[0], "en", "wikipedia_detox", row[0], targets => Set(targets, HeadNames.Toxicity, Number(row[1]))));

    /// <summary>Two annotators make a kind; a text nobody marked is doubtful, not clean.</summary>
    private IEnumerable<LabelledText> CivilSpans() =>
        Rows("civil_toxic_spans/civil_toxic_spans_train.tsv.gz", "text", "n_marked_span", "n_insult", "n_obscene", "n_identity_attack", "n_threat", "id")
            .Select(row => Text(row[0], "en", "civil_toxic_spans", row[6], targets =>
            {
                if (Number(row[1]) >= 2) Set(targets, HeadNames.Toxicity, 1);
                Kind("insult", row[2]);
                Kind("obscenity", row[3]);
                Kind("identity-attack", row[4]);
                Kind("threat", row[5]);

                void Kind(string label, string count) => Set(targets, label, Number(count) switch { >= 2 => 1, 1 => float.NaN, _ => 0 });
            }));

    /// <summary>What is not sexist may well be toxic, so only sexism speaks to toxicity.</summary>
    private IEnumerable<LabelledText> Edos() =>
        Rows("edos/edos_train.tsv.gz", "text", "sexist", "category").Select(row =>
            Text(row[0].Replace("[USER]", "@user", StringComparison.Ordinal).Replace("[URL]", "https://site.example", StringComparison.Ordinal), "en", "edos", row[0], targets =>
            {
                if (row[1] == "1") Set(targets, HeadNames.Toxicity, 1);
                Set(targets, "identity-attack", Number(row[1]));
                Set(targets, "threat", row[2].StartsWith('1') ? 1 : 0);
            }));

    private IEnumerable<LabelledText> YouTubeSpam() =>
        Rows("youtube_spam/youtube_spam_train.tsv", "text", "label", "video")
            .Select(row => Text(row[0], "en", $"youtube_spam/{row[2]}", row[2], targets => Set(targets, HeadNames.Spam, row[1] == "spam" ? 1 : 0)));

    private IEnumerable<LabelledText> SmsSpam() =>
        Rows("sms_spam/sms_spam_train.tsv", "text", "label")
            .Select(row => Text(row[0], "en", "sms_spam", row[0], targets => Set(targets, HeadNames.Spam, row[1] == "spam" ? 1 : 0)));

    private IEnumerable<LabelledText> Bitext() =>
        Rows("bitext_customer_support/bitext_train.tsv", "text", "intent").Select(row => Text(row[0], "en", "bitext", row[1], targets =>
        {
            var own = row[1] switch
            {
                "recover_password" or "registration_problems" or "switch_account" or "edit_account" or "create_account" or "delete_account" => "question-technical",
                "track_order" or "track_refund" or "get_refund" or "change_order" or "cancel_order" or "change_shipping_address" or "get_invoice" or "check_invoice" => "question-order",
                "delivery_options" or "check_payment_methods" or "delivery_period" or "check_refund_policy" => "question-presale",
                "complaint" => "complaint",
                _ => null,
            };
            if (own is null) return;
            foreach (var label in HeadNames.Intents) Set(targets, label, label == own ? 1 : 0);
        }));

    /// <summary>Requests to an assistant: questions of the world, none of ours.</summary>
    private IEnumerable<LabelledText> Clinc() =>
        Rows("clinc150/clinc150_train.tsv", "text", "intent").Where(row => row[1] is "oos" or "fun_fact" or "meaning_of_life" or "definition" or "translate" or "weather" or "date" or "tell_joke")
            .Select(row => Text(row[0], "en", "clinc150", row[1], targets =>
            {
                foreach (var label in HeadNames.Intents) Set(targets, label, label == "other" ? 1 : 0);
            }));

    private static void Set(float[] targets, string label, float value) => targets[Columns.Of(label)] = value;

    private static void Language(float[] targets, string language) => Choose(targets, HeadNames.Language, HeadNames.Languages, language is "it" or "en" or "es" or "fr" or "de" or "pt" ? language : "other");

    /// <summary>Mixed, ambiguous and unclear stay unknown.</summary>
    private static void Sentiment(float[] targets, string polarity) => Choose(targets, HeadNames.Sentiment, HeadNames.Sentiments, polarity);

    private static void Choose(float[] targets, string head, IReadOnlyList<string> labels, string label)
    {
        var chosen = labels.ToList().IndexOf(label);
        if (chosen < 0) return;
        for (var i = 0; i < labels.Count; i++) targets[Columns.Of(head) + i] = i == chosen ? 1 : 0;
    }

    private static string Detached(string text) => text.ToLowerInvariant().Replace(" ,", ",", StringComparison.Ordinal).Replace(" .", ".", StringComparison.Ordinal)
        .Replace(" !", "!", StringComparison.Ordinal).Replace(" ?", "?", StringComparison.Ordinal).Replace(" '", "'", StringComparison.Ordinal).TrimEnd('.', ' ');

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);
}
