using Moderato.Scoring;

namespace Moderato.Tests.Scoring;

public sealed class ScorerFixture
{
    public Scorer Scorer { get; } = Scorer.Default();
}
