using System.Collections.Concurrent;
using Moderato.Comments;

namespace Moderato.Mood;

/// <summary>
/// The comments of each community's last day, in memory: read once, and then what is new. An edit takes the place of what was there, a
/// removal takes it away. A restart reads the day again.
/// </summary>
public sealed class Listening(IWatchedComments comments, TimeProvider time)
{
    public static readonly TimeSpan Reach = TimeSpan.FromHours(24);

    /// <summary>Of a community with more than so many comments a day, the newest are listened to.</summary>
    public const int MostVoices = 100_000;

    /// <summary>An outcome may be written some time after the receipt that it bears; so recent times are read again.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    /// <summary>How often it is asked what older comments were edited or removed: that costs a request a partition.</summary>
    private static readonly TimeSpan ChangesEvery = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<CommunityId, Heard> _heard = new();

    /// <summary>The voices of the last 24 hours, as of now.</summary>
    public async Task<IReadOnlyCollection<Voice>> VoicesAsync(CommunityId community, CancellationToken cancellationToken)
    {
        var heard = _heard.GetOrAdd(community, _ => new Heard());
        await heard.Gate.WaitAsync(cancellationToken);
        try
        {
            await RefreshAsync(community, heard, cancellationToken);
            var from = time.GetUtcNow() - Reach;
            return [.. heard.Voices.Values.Where(v => v.At > from)];
        }
        finally
        {
            heard.Gate.Release();
        }
    }

    private async Task RefreshAsync(CommunityId community, Heard heard, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var first = heard.ReadAt == DateTimeOffset.MinValue;
        foreach (var outcome in await comments.SinceAsync(community, first ? now - Reach : heard.ReadAt - Overlap, cancellationToken))
            heard.Hear(outcome);
        if (!first && now - heard.ChangesReadAt >= ChangesEvery)
        {
            foreach (var outcome in await comments.ChangedSinceAsync(community, heard.ChangesReadAt - Overlap, cancellationToken))
                heard.Hear(outcome);
        }
        if (first || now - heard.ChangesReadAt >= ChangesEvery)
            heard.ChangesReadAt = now;
        heard.Forget(now - Reach - Overlap);
        heard.ReadAt = now;
    }

    private sealed class Heard
    {
        public SemaphoreSlim Gate { get; } = new(1);
        public Dictionary<string, Voice> Voices { get; } = [];
        public DateTimeOffset ReadAt { get; set; } = DateTimeOffset.MinValue;
        public DateTimeOffset ChangesReadAt { get; set; }

        public void Hear(Outcome outcome)
        {
            var id = OutcomeId.Of(outcome.Comment).ToString();
            if (Mood.Voices.Of(outcome) is { } voice)
                Voices[id] = voice;
            else
                Voices.Remove(id);
        }

        public void Forget(DateTimeOffset before)
        {
            foreach (var old in Voices.Where(v => v.Value.At < before).Select(v => v.Key).ToList())
                Voices.Remove(old);
            if (Voices.Count <= MostVoices)
                return;
            foreach (var tooMany in Voices.OrderBy(v => v.Value.At).Take(Voices.Count - MostVoices).Select(v => v.Key).ToList())
                Voices.Remove(tooMany);
        }
    }
}
