using Moderato.Comments;

namespace Moderato.Policy;

/// <summary>Keeps what a community's people say of authors.</summary>
public interface IAuthorStore
{
    Task<AuthorProfile> ProfileAsync(CommunityId community, PlatformId platform, string author, CancellationToken cancellationToken);

    Task SaveProfileAsync(CommunityId community, PlatformId platform, string author, AuthorProfile profile, CancellationToken cancellationToken);
}
