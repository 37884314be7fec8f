using Moderato.Comments;

namespace Moderato.Policy;

/// <summary>Everything a policy may ask about one comment.</summary>
/// <param name="Comment">The comment, with its whole text.</param>
/// <param name="Signals">What scoring found.</param>
/// <param name="Author">What is known of its author.</param>
/// <param name="Around">What went on around it; null where nobody looked.</param>
/// <param name="Community">Whose policy it is.</param>
public sealed record Facts(Comment Comment, Signals Signals, AuthorHistory Author, Surroundings? Around, Community Community);

/// <summary>The facts while a policy is asked, and what was found out on the way.</summary>
internal sealed class Evaluation(Facts facts, WordMatcher? words)
{
    private ulong[]? _found;

    public Comment Comment { get; } = facts.Comment;
    public Signals Signals { get; } = facts.Signals;
    public AuthorHistory Author { get; } = facts.Author;
    public Surroundings? Around { get; } = facts.Around;
    public Community Community { get; } = facts.Community;

    /// <summary>When this version came: every span of time ends here, so that judging again says the same.</summary>
    public DateTimeOffset At => Comment.ReceivedAt;

    public DateTime LocalTime => At.UtcDateTime + Community.Zone.GetUtcOffset(At);

    /// <summary>The text is read once for all lists.</summary>
    public bool HasWordOf(int list)
    {
        if (_found is null)
        {
            _found = new ulong[(words!.Count + 63) / 64];
            words.Match(Comment.Text, _found);
        }
        return (_found[list / 64] & (1UL << (list % 64))) != 0;
    }
}
