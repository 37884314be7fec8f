using Microsoft.Extensions.Logging;
using Moderato.Comments;
using Moderato.Policy;

namespace Moderato.Digests;

/// <summary>
/// Compiles digests: stored first, mailed after. However often it runs, a finished day has one digest and everybody one mail; stopped
/// between the two, the next run posts what is stored.
/// </summary>
public sealed partial class DigestCompiler(
    IDigestStore store, RollUp rollUp, DigestParts parts, DigestMails mails, Policies policies, TimeProvider time, ILogger<DigestCompiler> logger)
{
    /// <summary>How many days are made up for after the app was off. Of weeks it is one.</summary>
    public const int MostMissedDays = 7;

    /// <summary>Compiles every digest of a community that is due and not there yet, oldest first, and posts what is due of them.</summary>
    public async Task<IReadOnlyList<Digest>> CompileDueAsync(Community community, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var since = LocalDay.Of(await store.KnownSinceAsync(community.Id, now, cancellationToken), community.Zone).Date;
        var due = DueDays(community, now).Select(d => d.Date).ToList();
        var there = (await store.ReadDigestsAsync(community.Id, due[^1].AddDays(1), MostMissedDays, cancellationToken)).ToDictionary(d => d.Date);
        var compiled = new List<Digest>();
        foreach (var date in due.Where(d => d >= since))
            await CompileAndPostAsync(community, DigestName.Day(date), there.GetValueOrDefault(date), compiled, cancellationToken);
        if (DueWeek(community, due[^1]) is { } week && week.DueOn.AddDays(-1) >= since)
            await CompileAndPostAsync(community, week, await store.FindDigestAsync(community.Id, week, cancellationToken), compiled, cancellationToken);
        return compiled;
    }

    /// <summary>Compiles one day or week now, whether it is over or not, and whether it was compiled before or not. Mails are left to the timer.</summary>
    public async Task<Digest> CompileAsync(Community community, DigestName name, CancellationToken cancellationToken)
    {
        var (from, to) = name.Span(community.Zone);
        var hours = await rollUp.WholeAsync(community.Id, from, to, cancellationToken);
        var before = await store.FindDigestAsync(community.Id, name, cancellationToken);
        var policy = (await policies.InForceAsync(community.Id, cancellationToken)).Policy;
        var digest = Verdicts.Judged(await parts.CompileAsync(community, name, hours, time.GetUtcNow(), cancellationToken)) with { RuleNames = RuleNames(policy, community.Language) };
        if (before is { Partial: false })
            digest = digest with { MailedAt = before.MailedAt, PostedThrough = before.PostedThrough }; // nobody gets the same day twice
        await store.SaveDigestAsync(digest, cancellationToken);
        Log.Compiled(logger, community.Id, name, digest.Completeness.Received, digest.Completeness.Lost);
        return digest;
    }

    /// <summary>The days whose digests are due by now: finished, and the community's hour has come.</summary>
    internal static IEnumerable<LocalDay> DueDays(Community community, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, community.Zone);
        var last = LocalDay.Of(now, community.Zone).Previous;
        if (local.Hour < community.DigestHour)
            last = last.Previous;
        return Enumerable.Range(0, MostMissedDays).Select(back => last with { Date = last.Date.AddDays(-back) }).Reverse();
    }

    /// <summary>The last week that is over, once its Sunday is due; null where nobody wants weeks.</summary>
    /// <param name="community">The community.</param>
    /// <param name="lastDay">The last day that is due.</param>
    internal static DigestName? DueWeek(Community community, DateOnly lastDay) =>
        community.Recipients.Any(r => r.Editions.Contains(Editions.Weekly)) ? DigestName.WeekOf(lastDay.AddDays(1 - DigestName.WeekDays)) : null;

    /// <summary>The names of a community's own rules; the built-in ones are named where they are shown.</summary>
    internal static IReadOnlyDictionary<string, string> RuleNames(CommunityPolicy policy, string language) =>
        policy == BuiltInPolicy.Policy ? new Dictionary<string, string>() : policy.NamesIn(language);

    private async Task CompileAndPostAsync(Community community, DigestName name, Digest? there, List<Digest> compiled, CancellationToken cancellationToken)
    {
        if (there is null or { Partial: true })
        {
            there = await CompileAsync(community, name, cancellationToken);
            compiled.Add(there);
        }
        await mails.PostAsync(community, there, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The digest of {Community} for {Name} is compiled: {Received} received, {Lost} lost.")]
        public static partial void Compiled(ILogger logger, CommunityId community, DigestName name, int received, int lost);
    }
}
