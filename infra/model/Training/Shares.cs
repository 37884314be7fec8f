using Moderato.Model.Corpus;
using Moderato.Scoring;

namespace Moderato.Model.Training;

/// <summary>How much a source counts in a task, chosen by leaving sources out (EXPERIMENTS.md). Within a source every text counts the same.</summary>
public static class Shares
{
    public static float Of(string task, LabelledText text) => (task, text.Source) switch
    {
        (_, OwnComments.Source) => 5,
        (HeadNames.Language, "xed_langid") => 2,
        (HeadNames.Sentiment, "xed") when text.Language == "it" => 0.4f,
        (HeadNames.Sentiment, "goemotions") => 1.5f,
        (HeadNames.Sentiment, "afinn") => 0.15f,
        (HeadNames.Toxicity, "botframework_chitchat") => 0.3f,
        (HeadNames.Spam, "botframework_chitchat" or "goemotions") => 0.1f,
        (HeadNames.Spam, "sms_spam") => 0.3f,
        _ => 1,
    };

    public static float OfLanguage(string task, string language) => (task, language) switch
    {
        (HeadNames.Language, _) => 1,
        (_, "it" or "en") => 1,
        _ => 0.5f,
    };
}
