using Moderato.Comments;
using Moderato.Mood;

namespace Moderato.Tests.Support;

/// <summary>Nothing was noted.</summary>
public sealed class NoEvents : IEventStore
{
    public Task<IReadOnlyList<NotedEvent>> EventsAsync(CommunityId community, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<NotedEvent>>([]);
}
