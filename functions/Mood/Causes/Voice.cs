using Moderato.Comments;

namespace Moderato.Mood;

/// <summary>
/// One comment as the mood watch and the digest listen to it: who, when, how, and what about, in numbers. It holds no words and no name, so
/// that it may be kept with counts.
/// </summary>
/// <param name="OutcomeId">The comment's outcome.</param>
/// <param name="Platform">The platform.</param>
/// <param name="Channel">The page, profile or forum.</param>
/// <param name="Person">32 bits of a hash of platform and author; 0 where the author is not known, who then counts as one person.</param>
/// <param name="At">When it was written; when it was first received where the platform does not say, or says something later.</param>
public sealed record Voice(string OutcomeId, PlatformId Platform, string Channel, uint Person, DateTimeOffset At)
{
    /// <summary>Negative, angry, or a complaint.</summary>
    public bool Unhappy { get; init; }

    /// <summary>It asks something.</summary>
    public bool Asks { get; init; }

    /// <summary>How angry it sounds, 0 to 1.</summary>
    public double Anger { get; init; }

    /// <summary>The author's first comment here.</summary>
    public bool Newcomer { get; init; }

    /// <summary>The text in 64 bits; 0 where it is too short to say.</summary>
    public ulong Fingerprint { get; init; }

    /// <summary>What it is about: hashes of concepts and of words in their basic form, at most <see cref="Topics.MostTerms"/>.</summary>
    public IReadOnlyList<uint> Terms { get; init; } = [];

    /// <summary>Hashes of the hosts that it links to.</summary>
    public IReadOnlyList<uint> Hosts { get; init; } = [];

    /// <summary>A hash of the comment's key.</summary>
    public uint Comment { get; init; }

    /// <summary>The same of the comment that it answers; 0 if it answers none.</summary>
    public uint AnswerTo { get; init; }
}

/// <summary>Makes voices of outcomes.</summary>
public static class Voices
{
    /// <summary>Null for a comment that was removed or was never judged.</summary>
    public static Voice? Of(Outcome outcome) => throw new NotSupportedException($"{outcome.Removed}");
}
