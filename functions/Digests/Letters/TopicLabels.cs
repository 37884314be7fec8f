namespace Moderato.Digests;

/// <summary>What people call the concepts that digests name.</summary>
internal static class TopicLabels
{
    public static string Of(string concept, string language) => $"{concept}{language[..0]}";
}
