using Moderato.Comments;

namespace Moderato.Policy;

/// <summary>How far a replay has come.</summary>
public enum ReplayState
{
    Running,
    Done,

    /// <summary>It failed every try; the reason says why.</summary>
    Failed,
}

/// <summary>A draft asked about past comments: what it would have decided, beside what was decided.</summary>
public sealed record Replay
{
    public required string Id { get; init; }
    public required CommunityId Community { get; init; }

    /// <summary>The document that is tried.</summary>
    public required string Draft { get; init; }

    /// <summary>Comments first received from then on…</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>…and before then.</summary>
    public required DateTimeOffset To { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public ReplayState State { get; init; }
    public string? Reason { get; init; }

    /// <summary>How many pieces were done: a message for another piece than the next one is a double.</summary>
    public int Step { get; init; }

    /// <summary>Where the next piece begins; null before the first.</summary>
    public string? Cursor { get; init; }

    /// <summary>The time that the last comment read was received.</summary>
    public DateTimeOffset? ReadThrough { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public required ReplayResult Result { get; init; }

    /// <summary>How much of the span is done, 0 to 1.</summary>
    public double Progress => State == ReplayState.Done ? 1
        : ReadThrough is { } through && To > From ? Math.Clamp((through - From) / (To - From), 0, 1) : 0;
}

/// <summary>What a replay found so far.</summary>
public sealed record ReplayResult
{
    /// <summary>Of how many comments the changes are listed; behind that they are only counted.</summary>
    public const int MostListed = 1_000;

    /// <summary>Comments that both could be asked about.</summary>
    public int Compared { get; init; }

    /// <summary>Comments whose words are gone and would be needed, or that were removed.</summary>
    public int NotComparable { get; init; }

    /// <summary>Comments for which anything would change.</summary>
    public int Changed { get; init; }

    /// <summary>Comments decided otherwise, by <c>before&gt;after</c>: <c>approve&gt;hide</c>.</summary>
    public IReadOnlyDictionary<string, int> Transitions { get; init; } = new Dictionary<string, int>();

    /// <summary>By the draft's rules that decided, and how many of those decisions are changes.</summary>
    public IReadOnlyDictionary<string, RuleCount> Rules { get; init; } = new Dictionary<string, RuleCount>();

    /// <summary>How often each shadow rule would have decided.</summary>
    public IReadOnlyDictionary<string, int> Shadows { get; init; } = new Dictionary<string, int>();

    /// <summary>Withheld then, and how many of them were fair criticism.</summary>
    public WithheldCount Before { get; init; } = new(0, 0);

    /// <summary>Withheld by the draft.</summary>
    public WithheldCount After { get; init; } = new(0, 0);

    /// <summary>The first <see cref="MostListed"/> comments for which anything would change, in order of time.</summary>
    public IReadOnlyList<ReplayChange> Changes { get; init; } = [];
}

/// <param name="Decided">How many comments the rule decided.</param>
/// <param name="Changed">For how many of them anything would change.</param>
public sealed record RuleCount(int Decided, int Changed);

/// <param name="Comments">How many were hidden, held or deleted.</param>
/// <param name="FairCriticism">How many of them were criticism rather than abuse.</param>
public sealed record WithheldCount(int Comments, int FairCriticism)
{
    /// <summary>0 to 1; 0 where nothing was withheld.</summary>
    public double Share => Comments == 0 ? 0 : (double)FairCriticism / Comments;
}

/// <summary>One comment that would have gone otherwise.</summary>
public sealed record ReplayChange(string OutcomeId, Decision Before, string RuleBefore, Decision After, string RuleAfter, bool FairCriticism);
