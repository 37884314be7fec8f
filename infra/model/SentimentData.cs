using Moderato.Comments;

namespace Moderato.Model;

/// <summary>Where sentiment is learned from and tested on. Texts come in file order, the same on every machine.</summary>
/// <param name="Training">What a shipped model may learn from.</param>
/// <param name="Testing">Held out of every training.</param>
public sealed record SentimentData(IReadOnlyList<LabelledText> Training, IReadOnlyList<LabelledText> Testing)
{
    public const string Comments = "comments";

    /// <param name="data">Folder with one folder per open source.</param>
    /// <param name="comments">The project's own labelled comments, a file with the columns text, sentiment and split.</param>
    /// <exception cref="DataException">Something is missing; the message names the file.</exception>
    public static SentimentData Read(string data, string comments)
    {
        if (!Directory.Exists(data)) throw new DataException($"The folder {data} does not exist.");
        List<LabelledText> training =
        [
            .. Xed(data, "it"), .. Xed(data, "en"), .. Chitchat(data, "it"), .. Chitchat(data, "en"), .. GoEmotions(data),
            .. Own(comments, "train"), .. Afinn(data, "it"), .. Afinn(data, "en"), .. ItalianStems(data), .. Emoji(data, "it"), .. Emoji(data, "en"),
        ];
        return new SentimentData(training, [.. Own(comments, "test"), .. ReviewSentences(data)]);
    }

    private static IEnumerable<LabelledText> Xed(string data, string language) =>
        TsvTable.Read(Path.Combine(data, "xed", $"xed_{language}_train.tsv"), "text", "polarity")
            // Italian has no neutral lines of its own: anticipation or surprise alone comes closest.
            .Select(row => (Text: row[0], Label: row[1] == "ambiguous" ? Sentiment.Neutral : Label(row[1])))
            .Where(row => row.Label is not null)
            .Select(row => new LabelledText(row.Text, row.Label!.Value, language, "xed", row.Text));

    private static IEnumerable<LabelledText> Chitchat(string data, string language) =>
        TsvTable.Read(Path.Combine(data, "botframework_chitchat", $"chitchat_{language}.tsv"), "text", "sentiment_hint", "group")
            .Where(row => Label(row[1]) is not null)
            .Select(row => new LabelledText(row[0], Label(row[1])!.Value, language, "botframework_chitchat", row[2]));

    private static IEnumerable<LabelledText> GoEmotions(string data) =>
        TsvTable.Read(Path.Combine(data, "goemotions", "goemotions_train.tsv.gz"), "text", "polarity")
            .Where(row => Label(row[1]) is not null)
            .Select(row => new LabelledText(row[0], Label(row[1])!.Value, "en", "goemotions", row[0]));

    private static IEnumerable<LabelledText> Own(string comments, string split) =>
        TsvTable.Read(comments, "text", "sentiment", "split")
            .Where(row => row[2] == split)
            .Select(row => new LabelledText(
                row[0], Label(row[1]) ?? throw new DataException($"The file {comments} has the sentiment '{row[1]}'."), "it", Comments, row[0]));

    /// <summary>Confirmed by no licence text, so it never trains what is shipped.</summary>
    private static IEnumerable<LabelledText> ReviewSentences(string data) =>
        TsvTable.Read(Path.Combine(data, "uci_sentiment_sentences", "uci_sentiment_sentences_train.tsv"), "text", "polarity")
            .Select(row => new LabelledText(row[0], Label(row[1])!.Value, "en", "uci_sentiment_sentences", row[0]));

    private static IEnumerable<LabelledText> Afinn(string data, string language) =>
        TsvTable.Read(Path.Combine(data, "lexicons", "afinn165_multilingual.tsv"), "term", "score", "lang")
            .Where(row => row[2] == language && Math.Abs(Score(row[1])) >= 2)
            .Select(row => new LabelledText(row[0], Sign(row[1]), language, "afinn", row[0]));

    private static IEnumerable<LabelledText> ItalianStems(string data) =>
        TsvTable.Read(Path.Combine(data, "lexicons", "pattern_sentiment_it_stems.tsv"), "stem", "score")
            .Where(row => Math.Abs(Score(row[1])) >= 0.4)
            .Select(row => new LabelledText(row[0], Sign(row[1]), "it", "pattern", row[0]));

    private static IEnumerable<LabelledText> Emoji(string data, string language) =>
        TsvTable.Read(Path.Combine(data, "lexicons", "emoji_polarity.tsv"), "emoji", "polarity")
            .Where(row => Score(row[1]) != 0)
            .Select(row => new LabelledText(row[0], Sign(row[1]), language, "emoji", row[0]));

    private static double Score(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static Sentiment Sign(string score) => Score(score) < 0 ? Sentiment.Negative : Sentiment.Positive;

    private static Sentiment? Label(string name) => name switch
    {
        "negative" => Sentiment.Negative,
        "neutral" => Sentiment.Neutral,
        "positive" => Sentiment.Positive,
        _ => null,
    };
}
