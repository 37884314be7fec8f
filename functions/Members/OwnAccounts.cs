using Moderato.Comments;

namespace Moderato.Members;

/// <summary>The community's own pages and users on platforms, as its sources name them.</summary>
public sealed class OwnAccounts(Sources sources)
{
    public bool Includes(CommunityId community, AuthorKey author) => sources.All.Any(s =>
        s.Community == community && s.Platform == author.Platform && s.Account is { } account && (account == author.Id || s.OwnId(account) == author.Id));

    /// <summary>Whether a member is one of the community's own: known, and left out of every list and count.</summary>
    public bool Includes(CommunityId community, Member member) => member.Profile.Team || Includes(community, member.Author);
}
