using Moderato.Comments;
using Moderato.Members;

namespace Moderato.Digests;

/// <summary>The people of a span, as the room of members knows them.</summary>
public sealed class PersonPart(IMemberStore store, OwnAccounts own)
{
    public const int Most = 5;

    private static readonly string[] Languages = ["it", "en"];

    /// <param name="community">The community.</param>
    /// <param name="hours">The span's hours: how many people wrote.</param>
    /// <param name="from">The span's beginning.</param>
    /// <param name="to">Its end; now, if it is not over.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<PeoplePart> OfAsync(CommunityId community, IReadOnlyList<HourRollup> hours, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var channels = hours.SelectMany(h => h.Channels).ToList();
        var wrote = (await store.SinceAsync(community, from, cancellationToken))
            .Where(m => !own.Includes(community, m) && m.Newest is not null && Wrote(m, from, to))
            .OrderByDescending(m => m.LastSeen).ThenBy(m => m.Author.Platform.ToString(), StringComparer.Ordinal).ThenBy(m => m.Author.Id, StringComparer.Ordinal)
            .ToList();
        var at = to.AddTicks(-1);
        Capped<PersonItem> Group(MemberGroup group, Func<Member, bool> also)
        {
            var members = wrote.Where(m => MemberGroups.Holds(group, m, at) && also(m)).ToList();
            return new Capped<PersonItem>(members.Count, [.. members.Take(Most).Select(m => Item(group, m, at))]);
        }
        return new PeoplePart(
            PeopleSketch.Union(channels.Select(c => c.People)).Count,
            PeopleSketch.Union(channels.Select(c => c.Newcomers)).Count,
            Group(MemberGroup.FirstTimer, m => Within(m.FirstSeen, from, to)),
            Group(MemberGroup.StandardBearer, _ => true),
            Group(MemberGroup.WonBack, m => Within(m.CalmAgain, from, to)),
            Group(MemberGroup.Offender, _ => true));
    }

    private static PersonItem Item(MemberGroup group, Member member, DateTimeOffset at) => new(
        member.Newest!.Value.ToString(), member.Author.Platform, Languages.ToDictionary(l => l, l => MemberGroups.Explain(group, member, at, l), StringComparer.Ordinal));

    /// <summary>A member's days are known in UTC: of somebody who wrote again after the span, the day whose noon lies in it says whether they wrote in it too.</summary>
    private static bool Wrote(Member member, DateTimeOffset from, DateTimeOffset to) =>
        Within(member.LastSeen, from, to)
        || (member.LastSeen >= to && member.FirstSeen < to && member.Days.Any(d => Within(new DateTimeOffset(d.Date, new TimeOnly(12, 0), TimeSpan.Zero), from, to)));

    private static bool Within(DateTimeOffset? at, DateTimeOffset from, DateTimeOffset to) => at >= from && at < to;
}
