namespace Moderato.Model;

/// <summary>
/// What each text counts for. A source counts by its share below, however many rows it has; within a language the three
/// classes then count the same, so that the model has no opinion about a text without features.
/// </summary>
public static class Balance
{
    private static float Share(string source) => source switch
    {
        "xed" => 1.0f,
        "goemotions" => 1.5f,
        "botframework_chitchat" => 1.0f,
        SentimentData.Comments => 0.5f,
        _ => 0.15f,
    };

    public static float[] WeightsFor(IReadOnlyList<LabelledText> texts)
    {
        var rows = texts.CountBy(text => (text.Language, text.Source)).ToDictionary();
        var weights = texts.Select(text => Share(text.Source) / rows[(text.Language, text.Source)]).ToArray();

        var mass = new Dictionary<(string, Comments.Sentiment), double>();
        for (var i = 0; i < weights.Length; i++)
        {
            var key = (texts[i].Language, texts[i].Label);
            mass[key] = mass.GetValueOrDefault(key) + weights[i];
        }

        for (var i = 0; i < weights.Length; i++) weights[i] = (float)(weights[i] / mass[(texts[i].Language, texts[i].Label)]);
        var scale = weights.Length / weights.Sum();
        return Array.ConvertAll(weights, weight => weight * scale);
    }
}
