using System.Numerics;
using System.Text.Json;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Scoring;

namespace Moderato.Review;

/// <summary>Which comments one decision is about.</summary>
/// <param name="Author">An author's, all of them.</param>
/// <param name="Like">The near-duplicates of this one, itself among them.</param>
/// <param name="Days">How many days back, beyond what waits, 0 to <see cref="BulkSelection.LongestDays"/>.</param>
public sealed record Selected((PlatformId Platform, string Id)? Author, OutcomeId? Like, int Days);

/// <summary>Finds what one decision about many is about.</summary>
public sealed class BulkSelection(IReviewStore store, TimeProvider time)
{
    /// <summary>The most comments that one request decides about.</summary>
    public const int Most = 200;
    public const int LongestDays = 30;

    /// <summary>How many comments of the last days are looked at for near-duplicates.</summary>
    private const int MostLookedAt = 20_000;
    private const int ItemsAtOnce = 200;

    public static Selected Read(JsonElement body, List<FieldError> errors)
    {
        (PlatformId, string)? author = null;
        if (body.Has("author"))
        {
            if (body.Object("author") is { } named && PlatformId.TryParse(named.Text("platform") ?? "", out var platform) && named.Text("id") is { Length: > 0 and <= CommentLimits.Id } id)
                author = (platform, id);
            else
                errors.Add(new FieldError("author", "'author' must have a 'platform' and an 'id'."));
        }
        OutcomeId? like = null;
        if (body.Has("like") && !OutcomeId.TryParse(body.Text("like"), out like))
            errors.Add(new FieldError("like", "'like' must be an outcome's id."));
        if (body.Has("author") == body.Has("like"))
            errors.Add(new FieldError("author", "Say whose comments with 'author', or which with 'like': one of the two."));
        var days = 0;
        if (body.Has("days") && !(body.GetProperty("days") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out days) && days is >= 0 and <= LongestDays))
            errors.Add(new FieldError("days", $"'days' must be a whole number from 0 to {LongestDays}."));
        if (body.Has("dryRun") && body.GetProperty("dryRun").ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            errors.Add(new FieldError("dryRun", "'dryRun' must be true or false."));
        return new Selected(author, like, days);
    }

    /// <summary>What is selected, at most <see cref="Most"/>, and whether there is more.</summary>
    public async Task<(IReadOnlyList<Outcome> Outcomes, bool More)> FindAsync(CommunityId community, Selected selected, CancellationToken cancellationToken)
    {
        var like = selected.Like is { } id ? (await store.FindAsync(community, id, cancellationToken))?.Outcome : null;
        var found = new Dictionary<CommentKey, Outcome>();
        if (selected.Days > 0)
        {
            var since = time.GetUtcNow().AddDays(-selected.Days);
            var past = selected.Author is { } author
                ? await store.OfAuthorAsync(community, author.Platform, author.Id, since, Most + 1, cancellationToken)
                : await store.SinceAsync(community, since, MostLookedAt, cancellationToken);
            foreach (var outcome in past.Where(o => IsOne(o, selected, like)))
                found[outcome.Key] = outcome;
        }
        string? after = null;
        do
        {
            (var items, after) = await store.ListAsync(community, after, ItemsAtOnce, cancellationToken);
            foreach (var item in items.Where(i => !found.ContainsKey(i.Item.Outcome.Key)))
            {
                if ((await store.FindAsync(community, item.Item.Outcome, cancellationToken))?.Outcome is { } outcome && ReviewQueue.IsCurrent(item.Item, outcome) && IsOne(outcome, selected, like))
                    found[outcome.Key] = outcome;
            }
        }
        while (after is not null && found.Count <= Most);
        return ([.. found.Values.OrderBy(o => o.Comment.FirstReceivedAt).Take(Most)], found.Count > Most);
    }

    private static bool IsOne(Outcome outcome, Selected selected, Outcome? like) => outcome is { Removed: false, Verdict: not null } && (selected.Author is { } author
        ? outcome.Key.Platform == author.Platform && outcome.Comment.Author?.Id == author.Id
        : like is not null && (outcome.Key == like.Key || AreNear(outcome, like)));

    private static bool AreNear(Outcome one, Outcome other) => one.Signals is { Fingerprint: not 0 and var a } && other.Signals is { Fingerprint: not 0 and var b }
        && BitOperations.PopCount(a ^ b) <= Fingerprint.NearBits;
}
