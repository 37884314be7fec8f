using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Members;

/// <summary>Who writes here, as a list and one by one.</summary>
public sealed class MemberFunctions(IMemberStore store, OwnAccounts own, Cursors cursors, ApiKeys keys, TimeProvider time)
{
    /// <summary>A page whose group is rare is ended after so many reads; the reader goes on with the cursor.</summary>
    private const int MostReads = 20;

    /// <summary>How many rows are read at once where most will not be shown: with the one behind them, a request.</summary>
    private const int RowsForAGroup = 999;

    /// <summary><c>GET /api/communities/{community}/members</c>: page by page, as of the last full hour; groups are decided now.</summary>
    [Function("GetMembers")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/members")] HttpRequest request,
        string community, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Read, cancellationToken);
        if (admitted is null)
            return refusal!;
        var (query, read) = await MemberQuery.ReadAsync(request.Query, admitted.Id, cursors, cancellationToken);
        if (query is null)
            return Problem.Invalid(read.Errors);

        var now = time.GetUtcNow();
        var (members, next) = await FindAsync(query, now, cancellationToken);
        var names = await store.NamesAsync(admitted.Id, members, cancellationToken);
        return Answer.Json(new MemberList(
            [.. members.Zip(names, (member, name) => MemberItem.Of(member, name, now))],
            next is null ? null : await cursors.SealAsync(read.Question(MemberQuery.Of(admitted.Id)), next, cancellationToken),
            query.After is null ? await PeopleAsync(admitted.Id, now, cancellationToken) : null,
            await store.CountedThroughAsync(admitted.Id, cancellationToken)));
    }

    /// <summary><c>GET /api/communities/{community}/members/{platform}/{author}</c>: one, from the comments as they are now.</summary>
    [Function("GetMember")]
    public async Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/members/{platform}/{author}")] HttpRequest request,
        string community, string platform, string author, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Read, cancellationToken);
        if (admitted is null)
            return refusal!;
        if (PlatformId.TryParse(platform, out var on) && AuthorAddress.IdOf(author) is { Length: > 0 and <= CommentLimits.Id } id)
        {
            var (whom, now) = (new AuthorKey(on, id), time.GetUtcNow());
            var standing = await store.FindAsync(admitted.Id, whom, cancellationToken);
            var written = await store.ReadAsync(admitted.Id, whom, cancellationToken);
            if (Portrait.Of(whom, written, standing?.Member, now) is { } member)
                return Answer.Json(MemberView.Of(member, written, own.Includes(admitted.Id, member), now, admitted.Language));
        }
        return Problem.NotFound("Nobody with this id has written here.");
    }

    private async Task<(IReadOnlyList<Member> Members, string? Next)> FindAsync(MemberQuery query, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = new List<Member>();
        var after = query.After;
        for (var read = 0; read < MostReads; read++)
        {
            var page = await store.PageAsync(query.Community, query.Platform, after, query.Group is null ? query.Limit : RowsForAGroup, cancellationToken);
            for (var i = 0; i < page.Members.Count; i++)
            {
                (after, var member) = page.Members[i];
                if (own.Includes(query.Community, member) || (query.Group is { } group && !MemberGroups.Holds(group, member, now)))
                    continue;
                found.Add(member);
                if (found.Count == query.Limit)
                    return (found, page.HasMore || i < page.Members.Count - 1 ? after : null);
            }
            if (!page.HasMore)
                return (found, null);
        }
        return (found, after);
    }

    private async Task<PeopleCounts> PeopleAsync(CommunityId community, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var people = await store.SinceAsync(community, now - PeopleCounts.Span, cancellationToken);
        return PeopleCounts.Of([.. people.Where(m => !own.Includes(community, m))], now);
    }
}
