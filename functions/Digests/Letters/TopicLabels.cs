using Moderato.Mood;

namespace Moderato.Digests;

/// <summary>What people call the concepts that digests name.</summary>
internal static class TopicLabels
{
    public static string Of(string concept, string language) => Topics.LabelOf(concept, language);
}
