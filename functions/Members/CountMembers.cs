using Microsoft.Extensions.Logging;
using Moderato.Comments;

namespace Moderato.Members;

/// <summary>
/// Every hour: draws everybody anew who wrote in the hour that is over, and in the one three hours before, for comments that were judged
/// late. Whatever was missed is made up, 31 days at most.
/// <list type="bullet">
/// <item>What replies say between people is written first, as marks under the reply's key: twice is once.</item>
/// <item>A member is drawn from rows and marks, never counted up: twice gives the same.</item>
/// <item>How far it came is saved last: stopped before that, the next run does the same again.</item>
/// </list>
/// </summary>
public sealed partial class CountMembers(
    Communities communities, IMemberStore store, OwnAccounts own, TimeProvider time, ILogger<CountMembers> logger)
{
    private const int MaxConflicts = 8;

    /// <summary>How many are drawn at the same time, and how many are written together.</summary>
    private const int AtOnce = 8;
    private const int Together = 96;

    private static readonly TimeSpan Reach = TimeSpan.FromDays(31);
    private static readonly TimeSpan OnceMoreAfter = TimeSpan.FromHours(3);

    /// <summary>So much is made up before it is noted: bounds memory, and what is lost when the app is stopped.</summary>
    private static readonly TimeSpan Piece = TimeSpan.FromDays(1);

    [Function("CountMembers")]
    public Task Run([TimerTrigger("0 10 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => communities.ForEachAsync(
        async community => Log.Done(logger, await RunAsync(community.Id, cancellationToken), community.Id),
        (failure, community) => Log.Failed(logger, failure, community),
        cancellationToken);

    private async Task<int> RunAsync(CommunityId community, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var end = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        var from = await store.CountedThroughAsync(community, cancellationToken) is { } through && through > end - Reach ? through : end - Reach;
        var drawn = 0;
        while (from < end)
        {
            var until = from + Piece < end ? from + Piece : end;
            drawn += await CountAsync(community, from, until, cancellationToken);
            await store.SaveCountedThroughAsync(community, until, cancellationToken);
            from = until;
        }

        var due = await store.DueAsync(community, cancellationToken);
        await DrawAsync(community, [.. due.Select(d => d.Author)], cancellationToken);
        await store.SettleAsync(community, due, cancellationToken);
        return drawn + due.Count;
    }

    private async Task<int> CountAsync(CommunityId community, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var span = new Dictionary<CommentKey, Outcome>();
        foreach (var (start, end) in Spans(from, until))
        {
            foreach (var outcome in await store.OutcomesAsync(community, start, end, cancellationToken))
                span[outcome.Key] = outcome;
        }
        var conversation = new Conversation(store, own, community, span);
        var marks = await conversation.MarksAsync(cancellationToken);
        if (conversation.Lookups >= Conversation.MostLookups)
            Log.TooManyReplies(logger, Conversation.MostLookups, community);
        await store.SetMarksAsync(community, marks, cancellationToken);

        var wrote = span.Values.Where(o => o.Comment.Author is not null).Select(o => new AuthorKey(o.Key.Platform, o.Comment.Author!.Id));
        var authors = wrote.Concat(marks.Select(m => m.Author)).Distinct().ToList();
        await DrawAsync(community, authors, cancellationToken);
        return authors.Count;
    }

    /// <summary>What is new, and the same length three hours before; where they meet, one span.</summary>
    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Spans(DateTimeOffset from, DateTimeOffset until) =>
        until - from >= OnceMoreAfter
            ? [(from - OnceMoreAfter, until)]
            : [(from - OnceMoreAfter, until - OnceMoreAfter), (from, until)];

    private async Task DrawAsync(CommunityId community, IReadOnlyList<AuthorKey> authors, CancellationToken cancellationToken)
    {
        foreach (var together in authors.Chunk(Together))
        {
            IReadOnlyList<AuthorKey> open = together;
            for (var attempt = 0; open.Count > 0; attempt++)
            {
                if (attempt == MaxConflicts)
                    throw new InvalidOperationException($"A member's row changed {MaxConflicts} times while it was written.");
                var drawn = new List<DrawnMember>();
                foreach (var few in open.Chunk(AtOnce))
                    drawn.AddRange((await Task.WhenAll(few.Select(a => DrawAsync(community, a, cancellationToken)))).OfType<DrawnMember>());
                open = await store.SaveAsync(community, drawn, cancellationToken);
            }
        }
    }

    /// <summary>The row is read first: whatever changes behind it also changes the row, or makes the author due.</summary>
    private async Task<DrawnMember?> DrawAsync(CommunityId community, AuthorKey author, CancellationToken cancellationToken)
    {
        var standing = await store.FindAsync(community, author, cancellationToken);
        var written = await store.ReadAsync(community, author, cancellationToken);
        return Portrait.Of(author, written, standing?.Member, time.GetUtcNow()) is { } member ? new DrawnMember(member, standing?.Tag) : null;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Count} members of {Community} were drawn anew.")]
        public static partial void Done(ILogger logger, int count, CommunityId community);

        [LoggerMessage(LogLevel.Warning, "After {Most} look-ups of what was replied to in {Community} the other replies were left unmarked.")]
        public static partial void TooManyReplies(ILogger logger, int most, CommunityId community);

        [LoggerMessage(LogLevel.Error, "Members of {Community} could not be counted.")]
        public static partial void Failed(ILogger logger, Exception exception, CommunityId community);
    }
}
