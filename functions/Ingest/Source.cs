using Moderato.Comments;

namespace Moderato.Ingest;

/// <summary>A platform's page or account whose webhooks are pointed here.</summary>
/// <param name="Id">Its id, as in the webhook's address.</param>
/// <param name="Platform">The platform that sends.</param>
/// <param name="Community">The community its comments belong to.</param>
/// <param name="Secrets">Live signing secrets: the second one lets a secret be changed without losing what is under way.</param>
/// <param name="VerifyToken">What the platform repeats in its handshake.</param>
public sealed record Source(string Id, PlatformId Platform, CommunityId Community, IReadOnlyList<byte[]> Secrets, string VerifyToken);

/// <summary>The sources of this installation.</summary>
public sealed class Sources(IEnumerable<Source> sources)
{
    private readonly Dictionary<(PlatformId, string), Source> _byId = sources.ToDictionary(s => (s.Platform, s.Id));

    public Source? Find(PlatformId platform, string id) => _byId.GetValueOrDefault((platform, id));
}
