using Moderato.Comments;

namespace Moderato.Members;

/// <summary>
/// What replies say between people, over the outcomes of one span. Looks up what was replied to, each comment and person once, and at
/// most so many: a span with more replies to old comments than that leaves some unmarked.
/// </summary>
internal sealed class Conversation(IMemberStore store, OwnAccounts own, CommunityId community, IReadOnlyDictionary<CommentKey, Outcome> span)
{
    /// <summary>Requests for what was replied to, in one span.</summary>
    public const int MostLookups = 20_000;

    private readonly Dictionary<CommentKey, Comment?> _comments = [];
    private readonly Dictionary<CommentKey, Outcome?> _outcomes = [];
    private readonly Dictionary<AuthorKey, bool> _team = [];

    /// <summary>How many requests it took.</summary>
    public int Lookups { get; private set; }

    public async Task<IReadOnlyList<PlacedMark>> MarksAsync(CancellationToken cancellationToken)
    {
        var marks = new List<PlacedMark>();
        foreach (var reply in span.Values.Where(o => o.Comment.ParentId is not null))
        {
            if (Lookups >= MostLookups)
                break;
            await AddAsync(reply, marks, cancellationToken);
        }
        return marks;
    }

    private async Task AddAsync(Outcome reply, List<PlacedMark> marks, CancellationToken cancellationToken)
    {
        var parent = await ParentAsync(reply.Comment, cancellationToken);
        if (parent?.Author is not { } told || reply.Comment.Author?.Id == told.Id)
            return;

        // A tombstone no longer says who wrote it: what its replies' marks said is taken back where they lie, at the one replied to.
        var author = reply is { Removed: false, Comment.Author: { } by } ? new AuthorKey(reply.Key.Platform, by.Id) : (AuthorKey?)null;
        var fromTeam = author is { } who && await IsTeamAsync(who, cancellationToken);
        var counts = author is not null && reply.Decision is Decision.Approve or Decision.Escalate;
        var thanks = counts && !fromTeam && IsThanks(reply.Signals);
        var helped = thanks && await IsReplyToAnotherAsync(parent, told, cancellationToken);
        var person = author is { } someone && !fromTeam ? Mark.WhoIs(someone) : "";
        Place(marks, new AuthorKey(parent.Key.Platform, told.Id), reply, new Mark(MarkKind.Thanked, OutcomeId.Of(parent), reply.Comment.FirstReceivedAt, person, helped), thanks);
        Place(marks, new AuthorKey(parent.Key.Platform, told.Id), reply, new Mark(MarkKind.Answered, OutcomeId.Of(parent), reply.Comment.FirstReceivedAt, "", false), counts && fromTeam);

        // Whether the reply still stands, and is no offence, its own row tells when the marks are read.
        if (author is { } helper && !fromTeam && await IsQuestionAsync(parent, cancellationToken))
        {
            var asked = Mark.WhoIs(new AuthorKey(parent.Key.Platform, told.Id));
            Place(marks, helper, reply, new Mark(MarkKind.Helped, OutcomeId.Of(reply.Comment), reply.Comment.FirstReceivedAt, asked, false), stands: true);
        }
    }

    /// <summary>A first revision can have left nothing behind that would have to be taken away.</summary>
    private static void Place(List<PlacedMark> marks, AuthorKey author, Outcome reply, Mark mark, bool stands)
    {
        if (stands || reply.Revision > 1)
            marks.Add(new PlacedMark(author, reply.Key, mark, stands));
    }

    /// <summary>Praise in the words of a complaint is none.</summary>
    private static bool IsThanks(Signals? signals) =>
        signals is not null
        && (signals.Sentiment == Sentiment.Positive || (signals.Sentiment == Sentiment.Neutral && signals.Intents.Any(i => i.Intent == Intent.Praise)));

    private async Task<bool> IsQuestionAsync(Comment parent, CancellationToken cancellationToken)
    {
        if (!_outcomes.TryGetValue(parent.Key, out var outcome))
        {
            outcome = span.GetValueOrDefault(parent.Key);
            if (outcome is null)
            {
                Lookups++;
                outcome = await store.FindOutcomeAsync(community, OutcomeId.Of(parent), cancellationToken);
            }
            _outcomes[parent.Key] = outcome;
        }
        return outcome?.Signals is { } signals
            && signals.Intents.Any(i => i.Intent is Intent.QuestionTechnical or Intent.QuestionOrder or Intent.QuestionPresale);
    }

    private async Task<bool> IsReplyToAnotherAsync(Comment reply, Author author, CancellationToken cancellationToken) =>
        await ParentAsync(reply, cancellationToken) is { Author: { } asked } && asked.Id != author.Id;

    private async Task<Comment?> ParentAsync(Comment comment, CancellationToken cancellationToken)
    {
        if (comment.ParentId is not { } parentId)
            return null;
        var key = new CommentKey(comment.Key.Platform, parentId);
        if (span.TryGetValue(key, out var here))
            return here.Comment;
        if (!_comments.TryGetValue(key, out var parent))
        {
            Lookups++;
            _comments[key] = parent = await store.FindCommentAsync(community, key, cancellationToken);
        }
        return parent;
    }

    private async Task<bool> IsTeamAsync(AuthorKey author, CancellationToken cancellationToken)
    {
        if (own.Includes(community, author))
            return true;
        if (!_team.TryGetValue(author, out var team))
        {
            Lookups++;
            _team[author] = team = await store.IsTeamAsync(community, author, cancellationToken);
        }
        return team;
    }
}
