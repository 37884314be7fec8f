using System.Text.Json.Nodes;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Outcomes;
using Moderato.Review;
using Moderato.Scoring;
using Moderato.Storage;
using Moderato.Storage.Tables;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Outcomes;

/// <summary>
/// What pages cost where keys serve the query: requests and rows, the same in a community of 1,000 outcomes and of 100,000. Each size has
/// an emulator of its own, so that other tests do not wait for it.
/// </summary>
/// <remarks>
/// Writing 100,000 whole rows takes the emulator most of a minute. So only those near the pages that are read are whole; of the others
/// there are the keys, which is all that a query which skips them sees. One that did read them would fail.
/// </remarks>
public sealed class QueryCostTests
{
    private const int PageRows = 100;

    /// <summary>A page, a fifth more for the guess where it begins, as much again where the guess was bad, and a row for each of 40 days of counts.</summary>
    private const int MostRowsNewestFirst = (2 * PageRows) + 41;

    /// <summary>How many rows on both sides of where pages begin are whole.</summary>
    private const int Whole = 400;
    private const int Waiting = 30;
    private const string All = "from=2026-01-01&";
    private const string OneAuthors = "platform=facebook&author=regular&order=newest&";

    [Theory]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public async Task APageCostsTheSameHoweverManyOutcomesThereAre(int count)
    {
        await using var emulator = await Azurite.StartAsync("--inMemoryPersistence");
        var meter = new StorageMeter();
        await using var world = await World.CreateAsync(own: emulator, meter: meter);
        var outcomes = Made(world, count);
        await WriteAsync(world, outcomes);
        await AskAsync(world, $"{All}limit=1"); // the cursors' secret is made once

        foreach (var (query, requests, rows) in new[] { (All, 1, PageRows), ($"{All}order=newest&", 2, MostRowsNewestFirst), ($"{All}{OneAuthors}", 1, PageRows) })
        {
            var expected = query.Contains(OneAuthors, StringComparison.Ordinal) ? outcomes.Where(o => o.Comment.Author!.Id == "regular").ToList() : outcomes;
            expected = query.Contains("newest", StringComparison.Ordinal) ? [.. expected.AsEnumerable().Reverse()] : expected;
            var middle = expected.Count / 2;
            foreach (var (cursor, begin) in new[] { ("", 0), (await CursorBehindAsync(world, query, expected[middle - 1]), middle) })
            {
                meter.Reset();
                var page = await AskAsync(world, $"{query}limit={PageRows}{cursor}");
                Assert.Equal(expected.Skip(begin).Take(PageRows).Select(o => o.Key.Id), page["items"]!.AsArray().Select(i => (string)i!["commentId"]!));
                Assert.InRange(meter.Use.Requests, 1, requests);
                Assert.InRange(meter.Use.Rows, PageRows, rows);
            }
        }

        // The list, and each outcome by its key: the list has no words of anybody.
        meter.Reset();
        var reviews = (await world.Make<ReviewFunctions>().List(Http.Request(query: "?limit=20"), "demo", CancellationToken.None).AnswerAsync()).Json;
        Assert.Equal(20, reviews["items"]!.AsArray().Count);
        Assert.Equal((21, 40), (meter.Use.Requests, meter.Use.Rows));
    }

    [Theory]
    [InlineData("")]
    [InlineData("order=newest&")]
    [InlineData(OneAuthors)]
    public async Task PagesOfUnevenDaysAreTogetherEverythingOnceInOrder(string query)
    {
        await using var world = await World.CreateAsync();
        var outcomes = Made(world, 1_000);
        await WriteAsync(world, outcomes);
        var expected = outcomes.Where(o => query != OneAuthors || o.Comment.Author!.Id == "regular");
        Assert.Equal((query.Length > 0 ? expected.Reverse() : expected).Select(o => o.Key.Id), await ReadAllAsync(world, $"{query}limit=70", mostPages: 16));
    }

    [Theory]
    [InlineData("")]
    [InlineData("intent=other&")]
    public async Task AStormThatIsNotCountedYetIsReadToItsEnd(string filter)
    {
        await using var world = await World.CreateAsync();
        var outcomes = Made(world, 4_000).Select((outcome, i) => outcome with
        {
            // Ten in forty days, and all others in the last ten minutes.
            Comment = outcome.Comment with { FirstReceivedAt = i < 10 ? world.Time.Now.AddDays(4 * (i - 10)) : world.Time.Now.AddMinutes(-10).AddMilliseconds(150 * (i - 10)) },
        }).ToList();
        await ManyOutcomes.WriteHoursAsync(world, outcomes);
        foreach (var hour in outcomes.GroupBy(o => Keys.OutcomePartition(World.Demo, o.Comment.FirstReceivedAt)))
        {
            foreach (var some in hour.Chunk(Transactions.MostRows))
                Assert.True(await world.Tables.Outcomes.TryAddAsync([.. some.Select(OutcomeRow.Of)], CancellationToken.None));
        }
        var expected = outcomes.Where(o => filter.Length == 0 || o.Signals!.Intents.Any(i => i.Intent == Intent.Other));
        Assert.Equal(expected.Reverse().Select(o => o.Key.Id), await ReadAllAsync(world, $"{filter}order=newest&limit=1000", mostPages: 20));
    }

    /// <summary>Every fifth is by one author; the last wait for people.</summary>
    private static List<Outcome> Made(World world, int count) =>
    [
        .. ManyOutcomes.Make(count, 1, world.Time.Now, ManyOutcomes.Texts(world.Get<Scorer>(), 20)).Select((outcome, i) =>
        {
            var regular = i % 5 == 0;
            var comment = outcome.Comment with
            {
                Key = regular ? outcome.Key with { Platform = PlatformId.Parse("facebook") } : outcome.Key,
                Author = regular ? new Author("regular", "Regular") : outcome.Comment.Author,
            };
            var decision = i >= count - Waiting ? Decision.Hold : Decision.Approve;
            return outcome with { Comment = comment, Verdict = new Verdict(decision, "otherwise", "", "policy-7"), Ruling = null, Effect = Effect.None };
        }),
    ];

    private static async Task WriteAsync(World world, IReadOnlyList<Outcome> outcomes)
    {
        var regulars = outcomes.Where(o => o.Comment.Author!.Id == "regular").ToList();
        await WriteAsync(world.Tables.Outcomes, outcomes, OutcomeRow.Of, o => new TableEntity(Keys.OutcomePartition(World.Demo, o.Comment.FirstReceivedAt), Keys.OutcomeRow(o.Comment.FirstReceivedAt, o.Key)));
        await WriteAsync(world.Tables.Authors, regulars, AuthorRow.Of, o => new TableEntity(Keys.AuthorPartition(World.Demo, o.Key.Platform, "regular"), Keys.AuthorRow(o.Comment.FirstReceivedAt, o.Key)));
        await ManyOutcomes.WriteHoursAsync(world, outcomes);
        await world.Get<ReviewQueue>().FollowAsync([.. outcomes.Skip(outcomes.Count - Waiting)], CancellationToken.None);
    }

    private static Task WriteAsync(TableClient table, IReadOnlyList<Outcome> outcomes, Func<Outcome, TableEntity> whole, Func<Outcome, TableEntity> keys)
    {
        var rows = outcomes.Select((o, i) => i < Whole || Math.Abs(i - (outcomes.Count / 2)) < Whole || i >= outcomes.Count - Whole ? whole(o) : keys(o));
        var transactions = rows.GroupBy(r => r.PartitionKey).SelectMany(partition => partition.Chunk(Transactions.MostRows));
        return Parallel.ForEachAsync(transactions, async (some, cancel) => Assert.True(await table.TryAddAsync(some, cancel)));
    }

    private static async Task<List<string>> ReadAllAsync(World world, string query, int mostPages)
    {
        var (read, cursor) = (new List<string>(), "");
        for (var pages = 0; pages < mostPages; pages++)
        {
            var page = await AskAsync(world, $"{All}{query}{cursor}");
            read.AddRange(page["items"]!.AsArray().Select(i => (string)i!["commentId"]!));
            if (page["nextCursor"] is not { } next)
                return read;
            cursor = $"&cursor={next}";
        }
        throw new InvalidOperationException($"More than {mostPages} pages; {read.Count} were read.");
    }

    private static async Task<JsonNode> AskAsync(World world, string query)
    {
        var answer = await world.Make<GetOutcomes>().List(Http.Request(query: $"?{query}"), "demo", CancellationToken.None).AnswerAsync();
        Assert.True(answer.Status == 200, answer.Body);
        return answer.Json;
    }

    /// <summary>The cursor of a page that ended with an outcome.</summary>
    private static async Task<string> CursorBehindAsync(World world, string query, Outcome outcome)
    {
        var queries = new QueryReader(Http.Request(query: $"?{query}").Query, World.Demo, world.Time.Now, world.Get<Cursors>());
        var (read, _) = await queries.ReadAsync(QueryReader.LargestLimit, [], CancellationToken.None);
        return $"&cursor={await queries.CursorAsync(read!, world.Get<IOutcomeReader>().PositionAfter(read!, outcome), CancellationToken.None)}";
    }
}
