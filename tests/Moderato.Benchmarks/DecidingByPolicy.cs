using System.Globalization;
using BenchmarkDotNet.Attributes;
using Moderato.Actions;
using Moderato.Comments;
using Moderato.Policy;
using Moderato.Scoring;

namespace Moderato.Benchmarks;

/// <summary>What asking a policy of 200 rules costs, that of a preset, and a replay of a draft over 100,000 outcomes.</summary>
[MemoryDiagnoser]
public class DecidingByPolicy
{
    private const int Outcomes = 100_000;

    private static readonly DateTimeOffset Now = new(2026, 3, 10, 9, 30, 0, TimeSpan.Zero);
    private static readonly Community Community = new(CommunityId.Parse("demo"), "Demo", TimeZoneInfo.Utc, "it", 7);

    private CommunityPolicy _policy = null!;
    private string _yaml = "";
    private Facts[] _facts = [];
    private Outcome[] _outcomes = [];
    private int _next;

    /// <summary><c>signals</c>: 200 rules over signals and authors; <c>words</c>: each of them also with a list of 20 words; <c>shop</c>: the preset.</summary>
    [Params("signals", "words", "shop")]
    public string Policy { get; set; } = "";

    [GlobalSetup]
    public void SetUp()
    {
        _yaml = Policy == "shop" ? Presets.Read("shop", Presets.PolicyFile) : TwoHundredRules(Policy == "words");
        _policy = Read();
        var scorer = Scorer.Default();
        _facts = [.. SomeComments.OfLength(100).Select((text, i) => new Facts(
            new Comment
            {
                Community = Community.Id,
                Key = new CommentKey(PlatformId.Parse("facebook"), i.ToString(CultureInfo.InvariantCulture)),
                Channel = "shop",
                Author = new Author("a", "Anna"),
                Text = text,
                FirstReceivedAt = Now,
                ReceivedAt = Now,
            },
            scorer.Score(text),
            new AuthorHistory([.. Enumerable.Range(1, i % 20).Select(d => new PastComment(Now.AddDays(-d), (Decision)(d % 5), Sentiment.Neutral))]),
            null,
            Community))];
        _outcomes = [.. Enumerable.Range(0, Outcomes).Select(i => _facts[i % _facts.Length]).Select(f => new Outcome
        {
            Comment = f.Comment with { Text = Outcome.Snippet(f.Comment.Text) },
            Signals = f.Signals,
            Verdict = BuiltInPolicy.Policy.Decide(f, "1"),
            AuthorSnapshot = f.Author.ToSnapshot(Now),
            DecidedAt = Now,
        })];
    }

    [Benchmark]
    public Verdict Decide() => _policy.Decide(_facts[_next++ % _facts.Length], "1");

    [Benchmark(OperationsPerInvoke = Outcomes)]
    public int Replay()
    {
        var replaying = new Replaying(_policy, Community, new ReplayResult());
        foreach (var outcome in _outcomes)
            replaying.Add(outcome, null);
        return replaying.Result.Changed;
    }

    [Benchmark]
    public CommunityPolicy Read() =>
        PolicyReader.Read(_yaml, new PolicyContext(TimeZoneInfo.Utc, Actors.Abilities, null, Now)).Policy ?? throw new InvalidOperationException("The policy is broken.");

    private static string TwoHundredRules(bool words)
    {
        string[] numbers = ["spam", "anger", "insult", "threat", "toxicity", "obscenity", "sexual", "identity_attack"];
        var rules = Enumerable.Range(0, 200).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"  - {{ id: r{i}, name: R, if: {{ any: [ {{ {numbers[i % 8]}: {{ at_least: {0.99 + (i * 0.00001)} }} }}, {{ author: {{ withheld: {{ at_least: {50 + i}, within: 7d }} }} }}{(words ? $", {{ words: w{i} }}" : "")} ] }}, then: hold }}"));
        var lists = Enumerable.Range(0, 200).Select(i => $"  w{i}: [{string.Join(", ", Enumerable.Range(0, 20).Select(j => $"parolaccia{(char)('a' + (i % 20))}{(char)('a' + (i / 20))}{(char)('a' + j)}"))}]");
        return $"policy: 1\notherwise: approve\n{(words ? $"words:\n{string.Join('\n', lists)}\n" : "")}rules:\n{string.Join('\n', rules)}\n";
    }
}
