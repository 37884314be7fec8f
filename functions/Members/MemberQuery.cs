using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Members;

/// <summary>Which members are asked for.</summary>
/// <param name="Community">Of which community.</param>
/// <param name="Group">Of which group; null for everybody.</param>
/// <param name="Platform">On which platform; null for all.</param>
/// <param name="Limit">At most so many, 1 to 1,000.</param>
/// <param name="After">Where the page before ended; null for the first.</param>
public sealed record MemberQuery(CommunityId Community, MemberGroup? Group, PlatformId? Platform, int Limit, string? After)
{
    public const int DefaultLimit = 100;
    public const int LargestLimit = 1_000;

    private static readonly string[] Known = ["group", "platform", "limit", "cursor"];

    /// <summary>The query of an address, or everything that is wrong with it; and what makes its cursors.</summary>
    public static async Task<(MemberQuery? Query, AddressReader Read)> ReadAsync(IQueryCollection from, CommunityId community, Cursors cursors, CancellationToken cancellationToken)
    {
        var read = new AddressReader(from, Known);
        MemberGroup? group = null;
        if (read.OneOf("group", [.. MemberGroups.Names]) is { } name && MemberGroups.TryParse(name, out var parsed))
            group = parsed;
        var query = new MemberQuery(
            community, group, read.Platform(), read.Limit(DefaultLimit, LargestLimit), await read.AfterAsync(cursors, Of(community), cancellationToken));
        return (read.Errors.Count == 0 ? query : null, read);
    }

    /// <summary>What cursors belong to, beside the question.</summary>
    public static string Of(CommunityId community) => $"members of {community}";
}
