using Microsoft.Extensions.Logging;
using Moderato.Comments;
using Moderato.Mail;
using Moderato.Policy;

namespace Moderato.Digests;

/// <summary>
/// Compiles digests: stored first, mailed after. However often it runs, a finished day has one digest and one mail; stopped between
/// the two, the next run mails what is stored.
/// </summary>
public sealed partial class DigestCompiler(IDigestStore store, RollUp rollUp, Postbox postbox, Policies policies, TimeProvider time, ILogger<DigestCompiler> logger)
{
    /// <summary>How many days are made up for after the app was off.</summary>
    public const int MostMissedDays = 7;

    /// <summary>Compiles every digest of a community that is due and not there yet, oldest first.</summary>
    public async Task<IReadOnlyList<Digest>> CompileDueAsync(Community community, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var since = LocalDay.Of(await store.KnownSinceAsync(community.Id, now, cancellationToken), community.Zone).Date;
        var compiled = new List<Digest>();
        foreach (var day in DueDays(community, now).Where(d => d.Date >= since))
        {
            var there = await store.FindDigestAsync(community.Id, day.Date, cancellationToken);
            if (there is null or { Partial: true })
                compiled.Add(await CompileAsync(community, day, cancellationToken));
            else if (there.MailedAt is null)
                await MailAsync(community, there, cancellationToken);
        }
        return compiled;
    }

    /// <summary>Compiles one day now, whether it is over or not, and whether it was compiled before or not.</summary>
    public async Task<Digest> CompileAsync(Community community, LocalDay day, CancellationToken cancellationToken)
    {
        var rollups = await rollUp.RebuildAsync(community.Id, day.FirstHour, day.EndHour, cancellationToken);
        var before = await store.FindDigestAsync(community.Id, day.Date, cancellationToken);
        var policy = (await policies.InForceAsync(community.Id, cancellationToken)).Policy;
        var digest = Digest.Of(community, day, rollups, time.GetUtcNow()) with { RuleNames = policy == BuiltInPolicy.Policy ? new Dictionary<string, string>() : policy.NamesIn(community.Language) };
        if (before is { Partial: false, MailedAt: { } mailed })
            digest = digest with { MailedAt = mailed }; // nobody gets the same day twice
        await store.SaveDigestAsync(digest, cancellationToken);
        Log.Compiled(logger, community.Id, digest.Date, digest.Completeness.Received, digest.Completeness.Lost);
        return digest.MailedAt is null ? await MailAsync(community, digest, cancellationToken) : digest;
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

    private async Task<Digest> MailAsync(Community community, Digest digest, CancellationToken cancellationToken)
    {
        var readers = community.Recipients.Where(r => r.Editions.Contains(Editions.Daily)).ToList();
        if (!postbox.IsOpen || readers.Count == 0)
            return digest;
        await postbox.PostAsync([.. readers.Select(r => new MailRequest(community.Id, DigestLetter.KindName, DigestLetter.Of(digest), Editions.Daily, r.Address, r.Language))], cancellationToken);
        var mailed = digest with { MailedAt = time.GetUtcNow() };
        await store.SaveDigestAsync(mailed, cancellationToken);
        return mailed;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The digest of {Community} for {Date:yyyy-MM-dd} is compiled: {Received} received, {Lost} lost.")]
        public static partial void Compiled(ILogger logger, CommunityId community, DateOnly date, int received, int lost);
    }
}
