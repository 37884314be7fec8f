using System.Runtime.CompilerServices;
using Moderato.Comments;
using Moderato.Privacy;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>Everything that is held on an author.</summary>
public sealed class HeldTables(TableSet tables, ModerationTables moderation, ActionTables actions) : IHeldStore
{
    private const int AtOnce = 16;

    public async Task<HeldProfile?> FindProfileAsync(CommunityId community, PlatformId platform, string author, CancellationToken cancellationToken) =>
        await tables.Authors.FindAsync(Keys.AuthorPartition(community, platform, author), Keys.ProfileRow, cancellationToken) is { } row && AuthorRow.ReadProfile(row) is { } profile
            ? new HeldProfile(profile.Trusted, profile.Team, profile.Labels)
            : null;

    public async IAsyncEnumerable<HeldComment> CommentsOfAsync(
        CommunityId community, PlatformId platform, string author, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ((first, last), (from, to)) = (Keys.PartitionRange(community), Keys.CommentRange);
        var rows = tables.Comments.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter(
                $"PartitionKey ge {first} and PartitionKey lt {last} and RowKey ge {from} and RowKey lt {to} and Platform eq {platform.ToString()} and AuthorId eq {author}"),
            cancellationToken: cancellationToken);
        await foreach (var chunk in rows.Select(CommentRow.Read).Chunk(AtOnce).WithCancellation(cancellationToken))
        {
            foreach (var held in await Task.WhenAll(chunk.Select(c => HeldAsync(c, cancellationToken))))
                yield return held;
        }
    }

    private async Task<HeldComment> HeldAsync(Comment comment, CancellationToken cancellationToken)
    {
        var outcome = moderation.FindOutcomeAsync(comment, cancellationToken);
        var history = actions.HistoryAsync(comment.Community, comment.Key, cancellationToken);
        return new HeldComment(comment, (await outcome)?.Outcome, await history);
    }
}
