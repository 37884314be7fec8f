using Moderato.Comments;

namespace Moderato.Policy;

/// <summary>
/// What happens to comments where a community has no policy of its own, and behind every policy that does not say <c>otherwise</c>:
/// <c>built-in.yaml</c>. Safe: nothing is hidden or deleted, criticism stays visible, and whatever is uncertain waits for a person.
/// </summary>
public static class BuiltInPolicy
{
    public const string Version = "built-in-4";

    private const string Resource = "Moderato.Policy.built-in.yaml";

    private static readonly Lazy<CommunityPolicy> Read = new(() =>
    {
        var reading = PolicyReader.Read(Text, new PolicyContext(TimeZoneInfo.Utc, new Abilities(new Dictionary<PlatformId, IReadOnlyList<Lever>>()), Guidelines: null, DateTimeOffset.UnixEpoch));
        return reading.Policy ?? throw new InvalidOperationException($"The built-in policy is broken: {reading.Problems[0].English}");
    });

    /// <summary>As it is written.</summary>
    public static string Text => EmbeddedText.Read(Resource);

    /// <summary>Ready to be asked; read when first asked for.</summary>
    public static CommunityPolicy Policy => Read.Value;
}
