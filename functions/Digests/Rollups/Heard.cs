using Moderato.Comments;
using Moderato.Mood;
using Moderato.Policy;

namespace Moderato.Digests;

/// <summary>An outcome as a roll-up listens to it: judged, and still there.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Voice">The same in numbers.</param>
/// <param name="Who">Its author's hash, see <see cref="PeopleSketch.HashOf"/>.</param>
/// <param name="IsOwn">Whether one of the community's own people wrote it.</param>
/// <param name="IsFirst">Whether it is its author's first comment; false where nobody knows.</param>
internal sealed record Heard(Outcome Outcome, Voice Voice, ulong Who, bool IsOwn, bool IsFirst)
{
    public static Heard Of(Outcome outcome, Predicate<Outcome>? isOwn)
    {
        var comment = outcome.Comment;
        var known = comment.Author is not null && outcome.AuthorSnapshot is { } snapshot ? AuthorHistory.FromSnapshot(snapshot, outcome.DecidedAt) : null;
        return new Heard(
            outcome, Voices.Of(outcome)!, PeopleSketch.HashOf(comment.Community, outcome.Key.Platform, comment.Author?.Id),
            known?.Profile.Team is true || isOwn?.Invoke(outcome) is true, known is { Recent.Count: 0 });
    }
}
