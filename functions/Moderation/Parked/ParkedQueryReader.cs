using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Moderation;

/// <summary>Reads which parked things are asked for, with every problem at once. Without times: all of them.</summary>
internal static class ParkedQueryReader
{
    private const int DefaultLimit = 100;
    private const int LargestLimit = 1_000;

    private static readonly string[] Known = ["from", "to", "state", "limit", "cursor"];

    /// <summary>The query, or everything that is wrong with it; and what makes its cursors.</summary>
    public static async Task<(ParkedQuery? Query, AddressReader Read)> ReadAsync(
        IQueryCollection from, CommunityId community, DateTimeOffset now, Cursors cursors, CancellationToken cancellationToken)
    {
        var read = new AddressReader(from, Known);
        var (begin, end) = (read.Time("from") ?? DateTimeOffset.UnixEpoch, read.Time("to") ?? now.AddMinutes(1));
        if (begin >= end)
            read.Refuse("from", "must be before 'to'");
        var query = new ParkedQuery(
            community, begin, end, read.Name<ParkedState>("state"), read.Limit(DefaultLimit, LargestLimit), await read.AfterAsync(cursors, Of(community), cancellationToken));
        return (read.Errors.Count == 0 ? query : null, read);
    }

    /// <summary>What cursors belong to, beside the question.</summary>
    public static string Of(CommunityId community) => $"parked of {community}";
}
