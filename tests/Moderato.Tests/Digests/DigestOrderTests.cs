using System.Text;
using Moderato.Comments;
using Moderato.Digests;
using Moderato.Moderation;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Digests;

/// <summary>The same comments give the same digest, however they came; and a digest costs the same, however many they were.</summary>
public sealed class DigestOrderTests
{
    private static readonly string[] Texts =
        ["Il pacco non arriva, siete pessimi, vergogna!", "Quando riaprite il negozio di Milano?", "Bellissimo, complimenti!", "Consegna in ritardo, che schifo di servizio", "Avete la taglia 42?", "Siete degli stronzi"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task HoweverTheQueueBringsThemTheSameCommentsGiveTheSameBytes(int seed)
    {
        var straight = await DayAsync(comments => CommentsMessage.Pack(World.Demo, comments));
        var random = new Random(seed);
        var mixed = await DayAsync(comments =>
        {
            var messages = new List<byte[]>();
            for (var left = comments.OrderBy(_ => random.Next()).ToList(); left.Count > 0;)
            {
                var some = left.Take(random.Next(1, 9)).ToList();
                messages.AddRange(CommentsMessage.Pack(World.Demo, some));
                left.RemoveRange(0, some.Count);
            }
            return messages.Concat(messages.Where(_ => random.Next(3) == 0)).OrderBy(_ => random.Next());
        });
        Assert.Equal(straight.Count, mixed.Count);
        Assert.All(straight.Zip(mixed), rows => Assert.Equal(rows.First, rows.Second));
        Assert.Contains(straight, r => r.StartsWith("digests demo ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ADigestOfManyCommentsCostsWhatADigestOfFewDoes()
    {
        var (few, many) = (await CostAsync(100), await CostAsync(5_000));
        Assert.Equal((few.Requests, few.Rows), (many.Requests, many.Rows));
        Assert.InRange(many.Requests, 1, 150);
        Assert.InRange(many.Bytes, 1, 4_000_000);
    }

    private static async Task<StorageUse> CostAsync(int comments)
    {
        var meter = new StorageMeter();
        await using var telling = await Telling.BeginAsync(meter);
        string[] about = ["Il pacco non arriva, consegna pessima", "Il rimborso non si vede, ridatemi i soldi", "L'app si blocca ad ogni accesso", "Il prezzo è aumentato troppo", "La taglia è sbagliata, vestibilità orribile"];
        await telling.TellAsync(
        [
            .. Enumerable.Range(0, comments).Select(i => SomeDay.Said(
                $"{i}", $"a{i % 75}", about[i % about.Length], unhappy: true, at: Telling.At(17).AddSeconds((i % 10 * 3_600) + (i / 10)), also: c => c with { ThreadId = $"t{i % 5}" })),
        ]);
        await telling.CompileAsync(17); // hours without comments are made once
        meter.Reset();
        await telling.CompileAsync(17);
        return meter.Use;
    }

    /// <summary>A day's comments are received one by one; then the messages that a test makes of them are worked on, and the digest is compiled.</summary>
    private static async Task<IReadOnlyList<string>> DayAsync(Func<IReadOnlyList<Comment>, IEnumerable<byte[]>> messagesOf)
    {
        await using var world = await World.CreateAsync();
        var comments = new List<Comment>();
        for (var i = 0; i < 40; i++)
        {
            world.Time.Now = new DateTimeOffset(2026, 3, 9, 23, 0, 0, TimeSpan.Zero).AddMinutes(7 * i);
            comments.Add(world.Some($"{i}", Texts[i % Texts.Length], $"author-{i}") with { ThreadId = $"t{i % 3}", ParentId = i % 4 == 3 ? $"{i - 3}" : null });
            await world.ReceiveAsync(comments[^1]);
        }
        await world.Queue(QueueNames.Comments).ClearMessagesAsync();
        world.Time.Now = new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
        foreach (var message in messagesOf(comments))
            await world.Make<ModerateComments>().Run(Encoding.UTF8.GetString(message), CancellationToken.None);
        world.Time.Now = new DateTimeOffset(2026, 3, 11, 6, 0, 0, TimeSpan.Zero);
        await world.Get<RollUp>().CatchUpAsync(World.Demo, CancellationToken.None);
        await world.Get<DigestCompiler>().CompileAsync(world.Community, DigestName.Day(new DateOnly(2026, 3, 10)), CancellationToken.None);
        var rows = (await world.RowsAsync(world.Tables.Rollups)).Select(r => ("rollups", r)).Concat((await world.RowsAsync(world.Tables.Digests)).Select(r => ("digests", r)));
        return
        [
            .. rows.Select(r => $"{r.Item1} {r.r.PartitionKey} {r.r.RowKey} " + string.Join(' ', r.r.Properties.Where(p => p.Value is string or int && p.Key is not ("PartitionKey" or "RowKey" or "odata.etag"))
                .OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}"))).Order(StringComparer.Ordinal),
        ];
    }
}
