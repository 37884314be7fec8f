using System.Net;
using System.Text.Json;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Ingest.Platforms;

/// <summary>
/// YouTube: comments under a channel's videos, asked for every five minutes by the Data API 3. A page of 100 threads costs one unit of
/// the day's quota (10,000 by default, new at midnight in California; unverified); <see cref="DayBudget"/> of them are spent on reading, the
/// rest is left to actions, which cost 50. New replies show in a thread's count, so the counts of the newest threads are
/// remembered. Edits are seen by their time; deletions are not.
/// </summary>
public sealed class YouTube : IPolledConnector
{
    public static readonly PlatformId Id = PlatformId.Parse("youtube");

    /// <summary>Units of quota a day for reading.</summary>
    public const int DayBudget = 6_000;

    private const int MostPages = 5;
    private const int RememberedThreads = 500;
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    /// <summary>On the first day the newest page is read, not all there ever was.</summary>
    private static readonly TimeZoneInfo QuotaZone = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

    public PlatformId Platform => Id;

    public SourceNeeds PollNeeds => SourceNeeds.Account | SourceNeeds.Token;

    public TimeSpan Interval => TimeSpan.FromMinutes(5);

    public async Task<string> PollAsync(PlatformHttp http, Source source, string? cursor, Delivery delivery, CancellationToken cancellationToken)
    {
        var state = cursor is null ? null : JsonSerializer.Deserialize<Cursor>(cursor);
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(delivery.Now, QuotaZone).DateTime);
        var asked = new Asked(http, source, state?.Day == day ? state.Spent : 0, delivery.Now);
        var counts = new Dictionary<string, int>();
        var newest = state?.Newest ?? DateTimeOffset.UnixEpoch;

        string? page = null;
        for (var pages = 0; pages < (state is null ? 1 : MostPages); pages++)
        {
            var list = await asked.GetAsync(
                $"commentThreads?part=snippet,replies&allThreadsRelatedToChannelId={Uri.EscapeDataString(source.Account!)}&order=time&maxResults=100&textFormat=plainText"
                + (page is null ? "" : $"&pageToken={Uri.EscapeDataString(page)}"), cancellationToken);
            var oldest = delivery.Now;
            foreach (var thread in delivery.Objects(list, "items"))
            {
                var written = await ReadThreadAsync(thread, state, counts, asked, delivery, cancellationToken);
                newest = written > newest ? written.Value : newest;
                oldest = written < oldest ? written.Value : oldest;
            }
            page = list.Text("nextPageToken");
            if (page is null || oldest < (state?.Newest ?? delivery.Now) - Overlap)
                break;
        }

        foreach (var (thread, count) in state?.Replies ?? [])
        {
            if (counts.Count < RememberedThreads)
                counts.TryAdd(thread, count);
        }
        return JsonSerializer.Serialize(new Cursor(newest, counts, day, asked.Spent));
    }

    private static async Task<DateTimeOffset?> ReadThreadAsync(
        JsonElement thread, Cursor? state, Dictionary<string, int> counts, Asked asked, Delivery delivery, CancellationToken cancellationToken)
    {
        if (thread.Object("snippet") is not { } snippet || snippet.Object("topLevelComment") is not { } top || top.Text("id") is not { } id)
        {
            delivery.Park("a thread without a readable comment", thread);
            return null;
        }
        Take(top, asked.Source, delivery);

        var count = (int)(snippet.Number("totalReplyCount") ?? 0);
        counts[id] = count;
        var shown = thread.Object("replies") is { } replies ? delivery.Objects(replies, "comments").ToList() : [];
        if (count > shown.Count && state is not null && state.Replies.GetValueOrDefault(id) != count)
        {
            var all = await asked.GetAsync($"comments?part=snippet&parentId={Uri.EscapeDataString(id)}&maxResults=100&textFormat=plainText", cancellationToken);
            shown = [.. delivery.Objects(all, "items")];
        }
        foreach (var reply in shown)
            Take(reply, asked.Source, delivery);
        return top.Object("snippet")?.Time("publishedAt", delivery.Now);
    }

    private static void Take(JsonElement comment, Source source, Delivery delivery)
    {
        var snippet = comment.Object("snippet") ?? default;
        var author = snippet.Object("authorChannelId")?.Text("value");
        if (author is not null && author == source.Account)
        {
            delivery.Ignore("our own comment");
            return;
        }

        var (id, video) = (comment.Text("id"), snippet.Text("videoId"));
        var (written, updated) = (snippet.Time("publishedAt", delivery.Now), snippet.Time("updatedAt", delivery.Now));
        delivery.Take(source, Id, comment, new Reading
        {
            Id = id,
            Channel = source.Account,
            ThreadId = video,
            ParentId = snippet.Text("parentId"),
            Permalink = video is null ? null : $"https://www.youtube.com/watch?v={video}&lc={id}",
            AuthorId = author,
            AuthorName = snippet.Text("authorDisplayName"),
            Text = snippet.Text("textOriginal") ?? WebUtility.HtmlDecode(snippet.Text("textDisplay")),
            CreatedAt = written,
            EditedAt = updated > written ? updated : null,
        });
    }

    /// <param name="Newest">When the newest comment seen was written.</param>
    /// <param name="Replies">How many replies the newest threads had.</param>
    /// <param name="Day">The quota's day, in California...</param>
    /// <param name="Spent">... and what was spent on it.</param>
    private sealed record Cursor(DateTimeOffset Newest, Dictionary<string, int> Replies, DateOnly Day, int Spent);

    /// <summary>What is asked in one run, and what it costs.</summary>
    private sealed class Asked(PlatformHttp http, Source source, int spent, DateTimeOffset now)
    {
        public Source Source => source;

        public int Spent { get; private set; } = spent;

        public async Task<JsonElement> GetAsync(string query, CancellationToken cancellationToken)
        {
            if (Spent >= DayBudget)
                throw new PlatformException(FailureKind.Later, "the day's budget is spent", UntilTheNextDay(now));
            Spent++;
            // The key goes into a header: addresses end up in logs.
            var answer = await http.GetAsync(
                new Uri(source.Address ?? new Uri("https://www.googleapis.com"), $"/youtube/v3/{query}"), headers => headers.Add("X-Goog-Api-Key", source.Token), cancellationToken,
                (response, body) => Judge(response, body, now));
            return answer.Body;
        }
    }

    /// <summary>YouTube says by a reason, not by the status, what is wrong.</summary>
    internal static PlatformException? Judge(HttpResponseMessage response, JsonElement body, DateTimeOffset now)
    {
        if (response.IsSuccessStatusCode)
            return null;
        var reason = body.Object("error")?.List("errors").Select(e => e.Text("reason")).FirstOrDefault();
        return reason switch
        {
            "quotaExceeded" or "dailyLimitExceeded" => new PlatformException(FailureKind.Later, reason, UntilTheNextDay(now)),
            "rateLimitExceeded" or "userRateLimitExceeded" or "processingFailure" => new PlatformException(FailureKind.Later, reason),
            "authError" or "keyInvalid" => new PlatformException(FailureKind.Credential, reason),
            "commentNotFound" or "videoNotFound" or "parentCommentNotFound" or "commentThreadNotFound" or "channelNotFound" => new PlatformException(FailureKind.Gone, reason),
            _ => null,
        };
    }

    private static TimeSpan UntilTheNextDay(DateTimeOffset now)
    {
        var there = TimeZoneInfo.ConvertTime(now, QuotaZone);
        return there.Date.AddDays(1) - there.DateTime;
    }
}
