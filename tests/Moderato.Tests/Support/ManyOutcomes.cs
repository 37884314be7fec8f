using System.Globalization;
using Moderato.Comments;
using Moderato.Digests;
using Moderato.Members;
using Moderato.Moderation;
using Moderato.Policy;
using Moderato.Review;
using Moderato.Scoring;
using Moderato.Storage;

namespace Moderato.Tests.Support;

/// <summary>A text and what scoring found in it.</summary>
public sealed record ScoredText(string Text, Signals Signals);

/// <summary>
/// A made-up community: <see cref="Days"/> days with the rhythm of the day, 3 platforms with 5 channels, <see cref="Authors"/> authors of
/// whom few write much, Italian and English. The same seed gives the same outcomes.
/// </summary>
public static class ManyOutcomes
{
    public const int Days = 60;
    public const int Authors = 2_000;

    /// <summary>So long people let something wait at most: of what is older, somebody decided.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(2);

    /// <summary>So many writers at the same time keep the emulator, which has one thread, at work.</summary>
    private const int WritersAtOnce = 8;

    private static readonly (string Platform, string[] Channels)[] Places =
        [("facebook", ["Bottega", "Bottega Milano"]), ("instagram", ["bottega", "bottega.outlet"]), ("forum", ["Assistenza"])];

    /// <summary>How much is written in each hour of the day.</summary>
    private static readonly int[] Rhythm = [2, 1, 1, 1, 1, 2, 4, 8, 12, 14, 14, 13, 15, 16, 13, 12, 12, 14, 17, 19, 20, 18, 12, 6];

    /// <summary>Comments from the project's own set; every twentieth longer than what an outcome keeps of it.</summary>
    public static IReadOnlyList<ScoredText> Texts(Scorer scorer, int count)
    {
        var lines = File.ReadLines(Path.Combine(Repository.Root, "infra", "model", "data", "comments.tsv")).Skip(1).Select(line => line.Split('\t')[5]).ToArray();
        var step = lines.Length / count;
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                var text = i % 20 == 0 ? string.Join(' ', lines.AsSpan(i * step, 8).ToArray()) : lines[i * step];
                return new ScoredText(text, scorer.Score(text));
            }),
        ];
    }

    /// <summary>So many outcomes before a time, oldest first.</summary>
    public static IReadOnlyList<Outcome> Make(int count, int seed, DateTimeOffset now, IReadOnlyList<ScoredText> texts)
    {
        var random = new Random(seed);
        var hours = Rhythm.SelectMany((weight, hour) => Enumerable.Repeat(hour, weight)).ToArray();
        var midnight = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var times = Enumerable.Range(0, count).Select(_ =>
        {
            var time = midnight.AddDays(-random.Next(Days)).AddHours(hours[random.Next(hours.Length)]).AddTicks(random.NextInt64(TimeSpan.TicksPerHour));
            return time < now ? time : time.AddDays(-Days);
        }).Order().ToArray();
        return [.. times.Select((time, i) => One(i, time, now, texts[random.Next(texts.Count)], random))];
    }

    /// <summary>Puts them into storage as the app would have: outcomes, authors, what waits, hours, members, and the comments whose text is longer than their outcome's.</summary>
    public static async Task WriteAsync(World world, IReadOnlyList<Outcome> outcomes, IReadOnlyDictionary<string, string> longTexts)
    {
        var moderation = world.Get<IModerationStore>();
        await InParallelAsync(outcomes.GroupBy(o => RollUp.HourOf(o.Comment.FirstReceivedAt)), async hour => await moderation.InsertAsync([.. hour], CancellationToken.None));
        await InParallelAsync(outcomes.GroupBy(o => (o.Key.Platform, o.Comment.Author!.Id)), author => moderation.RecordAuthorsAsync([.. author], CancellationToken.None));
        await InParallelAsync(outcomes.Where(o => o.State == OutcomeState.Waiting), waiting => world.Get<ReviewQueue>().FollowAsync([waiting], CancellationToken.None));
        await WriteHoursAsync(world, outcomes);
        await WriteMembersAsync(world, outcomes);
        await InParallelAsync(
            outcomes.Where(o => o.Comment.Text.EndsWith('…')).Select(o => CommentRow.Of(o.Comment with { Text = longTexts[o.Comment.Text] }))
                .GroupBy(r => r.PartitionKey).SelectMany(shard => shard.Chunk(Transactions.MostRows)),
            async rows => await world.Tables.Comments.TryAddAsync(rows, CancellationToken.None));
    }

    /// <summary>The roll-ups, made from the outcomes themselves.</summary>
    public static async Task WriteHoursAsync(World world, IReadOnlyList<Outcome> outcomes)
    {
        var store = world.Get<IDigestStore>();
        var byHour = outcomes.ToLookup(o => RollUp.HourOf(o.Comment.FirstReceivedAt));
        var (first, thisHour) = (RollUp.HourOf(outcomes[0].Comment.FirstReceivedAt), RollUp.HourOf(world.Time.Now));
        // Empty hours too, as the app does; the hour that is not over has none yet.
        var hours = Enumerable.Range(0, (int)((thisHour - first) / TimeSpan.FromHours(1))).Select(i => first.AddHours(i)).Select(hour =>
            HourRollup.Of(World.Demo, hour, [.. byHour[hour]], Completeness.Empty with { Received = byHour[hour].Count(), Decided = byHour[hour].Count() }));
        await InParallelAsync(hours.GroupBy(h => h.Hour.UtcDateTime.Date), day => store.SaveRollupsAsync([.. day], CancellationToken.None));
        await store.SaveRolledUpThroughAsync(World.Demo, thisHour, CancellationToken.None);
    }

    private static async Task WriteMembersAsync(World world, IReadOnlyList<Outcome> outcomes)
    {
        var members = outcomes.GroupBy(o => new AuthorKey(o.Key.Platform, o.Comment.Author!.Id)).Select(author =>
        {
            var comments = author.Reverse().Select(o => new WrittenComment(
                OutcomeId.Of(o.Comment), o.Decision!.Value, o.Signals!.Sentiment, o.Signals.Anger, o.Strike, o.Removed, o.Verdict!.Labels, o.Comment.Author!.Name));
            return new DrawnMember(Portrait.Of(author.Key, new Written([.. comments], [], AuthorProfile.Unknown), null, world.Time.Now)!, null);
        });
        await InParallelAsync(members.Chunk(Transactions.MostRows), async some => await world.Get<IMemberStore>().SaveAsync(World.Demo, some, CancellationToken.None));
    }

    private static Task InParallelAsync<T>(IEnumerable<T> all, Func<T, Task> write) =>
        Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = WritersAtOnce }, async (one, _) => await write(one));

    private static Outcome One(int number, DateTimeOffset received, DateTimeOffset now, ScoredText text, Random random)
    {
        var author = (int)(Authors * Math.Pow(random.NextDouble(), 2)); // few write much
        var (platform, channels) = Places[author % Places.Length];
        var comment = new Comment
        {
            Community = World.Demo,
            Key = new CommentKey(PlatformId.Parse(platform), string.Create(CultureInfo.InvariantCulture, $"{received.UtcTicks}_{number:d6}")),
            Channel = channels[random.Next(channels.Length)],
            ThreadId = string.Create(CultureInfo.InvariantCulture, $"post-{received:yyyyMMdd}-{random.Next(6)}"),
            Permalink = string.Create(CultureInfo.InvariantCulture, $"https://{platform}.example/bottega/posts/{number}"),
            Author = new Author(string.Create(CultureInfo.InvariantCulture, $"author-{author}"), string.Create(CultureInfo.InvariantCulture, $"Author {author}")),
            Text = Outcome.Snippet(text.Text),
            CreatedAt = received.AddSeconds(-5),
            FirstReceivedAt = received,
            ReceivedAt = received,
        };
        var verdict = Judge(text.Signals, received, random);
        var isWaiting = verdict.Decision is Decision.Hold or Decision.Escalate;
        return new Outcome
        {
            Comment = comment,
            Signals = text.Signals,
            Verdict = verdict,
            DecidedAt = received.AddSeconds(1),
            Effect = verdict.Decision == Decision.Hide ? Effect.Acted : Effect.None,
            Ruling = isWaiting && received < now - LongestWait
                ? new Ruling("r1", random.Next(3) == 0 ? Decision.Hide : Decision.Approve, "anna", received.AddHours(3), 1)
                : null,
        };
    }

    private static Verdict Judge(Signals signals, DateTimeOffset received, Random random)
    {
        const string policy = "policy-7";
        if (signals.Spam >= 0.8)
            return new Verdict(Decision.Hide, "spam", "spam (at_least 0.8)", policy);
        if (signals.Harm.Toxicity >= 0.8)
            return new Verdict(Decision.Hold, "rude", "toxicity (at_least 0.8)", policy) { Strike = true };
        if (signals.Anger >= 0.8)
            return new Verdict(Decision.Escalate, "angry", "anger (at_least 0.8)", policy) { Route = new Route("care", received.AddHours(4)) };
        return new Verdict(Decision.Approve, "otherwise", "", policy) { Labels = random.Next(200) == 0 ? [new AuthorLabel("vip", null)] : [] };
    }
}
