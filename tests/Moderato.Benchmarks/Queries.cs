using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Digests;
using Moderato.Hosting;
using Moderato.Members;
using Moderato.Outcomes;
using Moderato.Review;
using Moderato.Scoring;
using Moderato.Tests.Support;

namespace Moderato.Benchmarks;

/// <summary>
/// What each documented query costs in a community with many outcomes: requests to storage, rows and bytes read, our time and storage's.
/// Starts an emulator of its own, in memory, and asks the function classes without their server.
/// </summary>
internal sealed class Queries : IAsyncDisposable
{
    private const int Texts = 400;

    /// <summary>Each query is asked so often, after once for nothing; the medians are shown.</summary>
    private const int Rounds = 3;

    /// <summary>What takes longer is asked once: the whole is to end within minutes.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);

    private readonly Azurite _emulator;
    private readonly World _world;
    private readonly StorageMeter _meter;

    private Queries(Azurite emulator, World world, StorageMeter meter) => (_emulator, _world, _meter) = (emulator, world, meter);

    public static async Task PrintAsync(int count, int seed)
    {
        var emulator = await Azurite.StartAsync("--inMemoryPersistence");
        var meter = new StorageMeter();
        var settings = new Dictionary<string, string?> { ["Moderato:ApiKeys:0:RequestsPerMinute"] = "100000" }; // the clock stands still
        await using var queries = new Queries(emulator, await World.CreateAsync(settings, emulator, meter), meter);
        var outcomes = await queries.FillAsync(count, seed);
        await queries.AskAllAsync(outcomes[outcomes.Count / 2]);
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        await _emulator.DisposeAsync();
    }

    private async Task<IReadOnlyList<Outcome>> FillAsync(int count, int seed)
    {
        var start = Stopwatch.GetTimestamp();
        var texts = ManyOutcomes.Texts(_world.Get<Scorer>(), Texts);
        var outcomes = ManyOutcomes.Make(count, seed, _world.Time.Now, texts);
        Say($"{outcomes.Count} outcomes with seed {seed} made in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s.");
        start = Stopwatch.GetTimestamp();
        await ManyOutcomes.WriteAsync(_world, outcomes, texts.GroupBy(t => Outcome.Snippet(t.Text)).ToDictionary(t => t.Key, t => t.First().Text));
        Say($"Written in {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s.\n");
        return outcomes;
    }

    private async Task AskAllAsync(Outcome middle)
    {
        var (busiest, now) = ("author-0", _world.Time.Now);
        Func<HttpRequest, Task<IResult>> list = r => _world.Make<GetOutcomes>().List(r, "demo", CancellationToken.None);
        Func<HttpRequest, Task<IResult>> export = r => _world.Make<GetOutcomes>().Export(r, "demo", CancellationToken.None);
        Func<HttpRequest, Task<IResult>> statistics = r => _world.Make<StatisticsFunctions>().Get(r, "demo", CancellationToken.None);
        Func<HttpRequest, Task<IResult>> reviews = r => _world.Make<ReviewFunctions>().List(r, "demo", CancellationToken.None);
        Func<HttpRequest, Task<IResult>> members = r => _world.Make<MemberFunctions>().List(r, "demo", CancellationToken.None);
        var all = string.Create(CultureInfo.InvariantCulture, $"from={now.AddDays(-ManyOutcomes.Days - 1):yyyy-MM-dd}");

        Console.WriteLine("| query | requests | rows | KB | ours, ms | storage's, ms | found |\n|---|--:|--:|--:|--:|--:|--:|");
        foreach (var order in new[] { "", "&order=newest" })
        {
            await PagesAsync("outcomes", list, $"{all}{order}", middle);
            string[] filters =
            [
                "decision=hold", "state=waiting", "sentiment=negative", "intent=complaint", "toxicity=0.8", "language=en", "platform=forum", "channel=Assistenza", $"author={busiest}",
                $"thread={middle.Comment.ThreadId}", "route=care", "rule=spam", "label=vip", "contains=rimborso", "sentiment=negative&language=it&channel=Bottega",
            ];
            foreach (var filter in filters)
                await PagesAsync("outcomes", list, $"{all}&{filter}{order}", middle);
        }
        await PagesAsync("outcomes", list, $"{all}&platform=facebook&author={busiest}&order=newest", middle);
        await PagesAsync("outcomes", list, $"{all}&platform=facebook&author={busiest}&order=newest&decision=hold", middle);
        await MeasureAsync("one outcome", r => _world.Make<GetOutcomes>().One(r, "demo", OutcomeId.Of(middle.Comment).ToString(), CancellationToken.None), "");
        await MeasureAsync("export of 10,000, ndjson", export, $"{all}&limit=10000");
        await MeasureAsync("export of 10,000, csv", export, $"{all}&limit=10000&format=csv");
        foreach (var by in new[] { "decision", "intent" })
        {
            await MeasureAsync($"statistics by hour, 7 days, by={by}", statistics, $"interval=hour&by={by}&from={now.AddDays(-7):yyyy-MM-dd}");
            await MeasureAsync($"statistics by day, 60 days, by={by}", statistics, $"interval=day&by={by}&from={now.AddDays(-60):yyyy-MM-dd}");
        }
        await PagesAsync("reviews", reviews, "limit=20", null);
        await MeasureAsync("claiming 10 reviews", r => _world.Make<ReviewFunctions>().ClaimNext(r, "demo", CancellationToken.None), "", new { by = "anna", limit = 10 });
        await PagesAsync("members", members, "", null);
        await PagesAsync("members", members, "group=regular", null);
    }

    /// <summary>The first page and, where there is more, one in the middle of the time; of what does not lie in time, the second.</summary>
    private async Task PagesAsync(string what, Func<HttpRequest, Task<IResult>> ask, string query, Outcome? middle)
    {
        var first = await MeasureAsync($"{what} {NameOf(query)}", ask, query);
        if ((string?)first["nextCursor"] is { } next)
            await MeasureAsync("… in the middle", ask, $"{query}&cursor={(middle is null ? next : await CursorBehindAsync(query, middle))}");
    }

    /// <summary>Every span is the same: it is left out.</summary>
    private static string NameOf(string query) => string.Join('&', query.Split('&').Where(p => !p.StartsWith("from=", StringComparison.Ordinal)));

    private async Task<string> CursorBehindAsync(string query, Outcome outcome)
    {
        var queries = new QueryReader(Http.Request(query: $"?{query}").Query, World.Demo, _world.Time.Now, _world.Get<Cursors>());
        var (read, _) = await queries.ReadAsync(QueryReader.LargestLimit, [], CancellationToken.None);
        return await queries.CursorAsync(read!, _world.Get<IOutcomeReader>().PositionAfter(read!, outcome), CancellationToken.None);
    }

    private async Task<JsonNode> MeasureAsync(string name, Func<HttpRequest, Task<IResult>> ask, string query, object? body = null)
    {
        var (rounds, answer) = (new List<(StorageUse Use, TimeSpan Ours)>(), "");
        for (var round = 0; round <= Rounds; round++)
        {
            _meter.Reset();
            var start = Stopwatch.GetTimestamp();
            var got = await ask(Http.Request(body is null ? "GET" : "POST", $"?{query}", body)).AnswerAsync();
            var whole = Stopwatch.GetElapsedTime(start);
            if (got.Status != 200)
                throw new InvalidOperationException($"{name} was answered {got.Status}: {got.Body}");
            answer = got.Body;
            if (round > 0 || whole > Slow)
                rounds.Add((_meter.Use, whole - _meter.Use.Waited));
            if (whole > Slow)
                break;
        }
        var (used, ours, waited) = (rounds[0].Use, Median(rounds.Select(r => r.Ours)), Median(rounds.Select(r => r.Use.Waited)));
        var json = answer.StartsWith('{') && !answer.Contains("}\n{", StringComparison.Ordinal) ? JsonNode.Parse(answer)! : new JsonObject();
        var found = (json["items"] as JsonArray)?.Count.ToString(CultureInfo.InvariantCulture) ?? "";
        Say($"| {name} | {used.Requests} | {used.Rows} | {used.Bytes / 1024.0:F0} | {ours:F1} | {waited:F0} | {found} |");
        return json;
    }

    private static double Median(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToArray();
        return sorted[sorted.Length / 2].TotalMilliseconds;
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
