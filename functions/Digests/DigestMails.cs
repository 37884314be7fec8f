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

    /// <summary>Posts what has become due since it was last posted. A day that is not over is not mailed.</summary>
    public async Task<Digest> PostAsync(Community community, Digest digest, CancellationToken cancellationToken)
    {
        if (digest.Partial)
            return digest;
        var now = time.GetUtcNow();
        var through = HourOf(community, digest.Named, now);
        var due = community.Recipients.Where(r => Hour(community, r) > digest.PostedThrough && Hour(community, r) <= through).SelectMany(r => RequestsOf(digest, r)).ToList();
        if (due.Count == 0)
            return digest;
        await postbox.PostAsync(due, cancellationToken);
        var posted = digest with { MailedAt = now, PostedThrough = through };
        await store.SaveDigestAsync(posted, cancellationToken);
        return posted;
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
            .Select(edition => new MailRequest(digest.Community, Kind, digest.Named.ToString(), edition, recipient.Address, recipient.Language));

    /// <summary>A team that nothing happened to gets no mail.</summary>
    private static bool IsIn(Digest digest, string edition) => digest.Named.IsWeek
        ? edition == Editions.Weekly
        : edition == Editions.Daily || (edition.StartsWith(Editions.TeamPrefix, StringComparison.Ordinal) && digest.Teams.ContainsKey(edition[Editions.TeamPrefix.Length..]));
}
