using BenchmarkDotNet.Attributes;
using Moderato.Comments;
using Moderato.Scoring;

namespace Moderato.Benchmarks;

/// <summary>All signals of a comment, on one core.</summary>
[MemoryDiagnoser]
public class Scoring
{
    private readonly Scorer _scorer = Scorer.Default();
    private string[] _texts = [];

    [Params(100, 500)]
    public int Characters { get; set; }

    [GlobalSetup]
    public void SetUp() => _texts = SomeComments.OfLength(Characters);

    [Benchmark(OperationsPerInvoke = SomeComments.Count)]
    public Signals? Score()
    {
        Signals? last = null;
        foreach (var text in _texts) last = _scorer.Score(text);
        return last;
    }
}

/// <summary>From the bytes in the assembly to a scorer that is ready.</summary>
public class Loading
{
    [Benchmark]
    public Scorer Load() => Scorer.Default();
}
