using Moderato.Comments;
using Moderato.Mail;

namespace Moderato.Digests;

/// <summary>
/// Posts a digest to everybody who receives it, each from their own local hour on. The digest notes up to which hour it was posted: what was
/// posted is not posted again, and whoever was stopped before the note posts once more, which is one mail.
/// </summary>
public sealed class DigestMails(IDigestStore store, Postbox postbox, TimeProvider time)
{
    /// <summary>What the mail room calls them.</summary>
    public const string Kind = "digest";

    private const int LastHour = 23;

    /// <summary>Behind the name of what is not over: it has a mail of its own.</summary>
    private const string SoFar = "-so-far";

    /// <summary>What its mails are about.</summary>
    public static string AboutOf(Digest digest) => digest.Named + (digest.Partial ? SoFar : "");

    /// <summary>The digest that a mail is about; false for what none is. Whether it is over by now is not asked.</summary>
    public static bool TryParseAbout(string about, out DigestName name) =>
        DigestName.TryParse(about.EndsWith(SoFar, StringComparison.Ordinal) ? about[..^SoFar.Length] : about, out name);

    /// <summary>Posts what has become due since it was last posted. What is not over is compiled because somebody asked: it is posted at once.</summary>
    public async Task<Digest> PostAsync(Community community, Digest digest, CancellationToken cancellationToken)
    {
        if (!postbox.IsOpen)
            return digest;
        var now = time.GetUtcNow();
        var (requests, through) = Due(community, digest, now);
        if (requests.Count == 0)
            return digest;
        await postbox.PostAsync(requests, cancellationToken);
        var posted = digest with { MailedAt = now, PostedThrough = digest.Partial ? -1 : through };
        await store.SaveDigestAsync(posted, cancellationToken);
        return posted;
    }

    /// <summary>What is to be posted by now and was not, and up to which local hour everybody has theirs then.</summary>
    internal static (IReadOnlyList<MailRequest> Requests, int Through) Due(Community community, Digest digest, DateTimeOffset now)
    {
        var through = digest.Partial ? LastHour : HourOf(community, digest.Named, now);
        var recipients = community.Recipients.Where(r => Hour(community, r) > digest.PostedThrough && Hour(community, r) <= through);
        return ([.. recipients.SelectMany(r => RequestsOf(digest, r))], through);
    }

    /// <summary>The local hour on the morning that a digest is due; before that day none, after it the last.</summary>
    private static int HourOf(Community community, DigestName name, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, community.Zone);
        var today = DateOnly.FromDateTime(local.DateTime);
        return today < name.DueOn ? -1 : today > name.DueOn ? LastHour : local.Hour;
    }

    /// <summary>Nobody gets it before the community's own hour.</summary>
    private static int Hour(Community community, Recipient recipient) => Math.Max(community.DigestHour, recipient.Hour);

    private static IEnumerable<MailRequest> RequestsOf(Digest digest, Recipient recipient) =>
        recipient.Editions.Where(e => IsIn(digest, e)).Distinct(StringComparer.Ordinal)
            .Select(edition => new MailRequest(digest.Community, Kind, AboutOf(digest), edition, recipient.Address, recipient.Language));

    /// <summary>A team that nothing happened to gets no mail.</summary>
    private static bool IsIn(Digest digest, string edition) => digest.Named.IsWeek
        ? edition == Editions.Weekly
        : edition == Editions.Daily || (edition.StartsWith(Editions.TeamPrefix, StringComparison.Ordinal) && digest.Teams.ContainsKey(edition[Editions.TeamPrefix.Length..]));
}
