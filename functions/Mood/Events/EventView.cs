using System.Text.Json;

namespace Moderato.Mood;

/// <summary>A noted event as the HTTP interface shows it.</summary>
/// <param name="Id">Made from what it says: the same event noted again has the same.</param>
/// <param name="Kind"><c>campaign</c>, <c>release</c>, <c>outage</c>, <c>meet-up</c>, <c>other</c>.</param>
/// <param name="Title">In the words of whoever noted it.</param>
/// <param name="From">When it begins.</param>
/// <param name="To">When it ends.</param>
/// <param name="Expects">What it makes people do: <c>nothing</c>, <c>comments</c>, <c>complaints</c>.</param>
/// <param name="Channels">Where; empty for everywhere.</param>
/// <param name="By">Who noted it.</param>
public sealed record EventView(string Id, string Kind, string Title, DateTimeOffset From, DateTimeOffset To, string Expects, IReadOnlyList<EventChannelView> Channels, string By)
{
    internal static EventView Of(NotedEvent noted) => new(
        noted.Id, NameOf(noted.Kind), noted.Title, noted.From, noted.To, NameOf(noted.Expects), [.. noted.Channels.Select(c => new EventChannelView(c.Platform.ToString(), c.Channel))], noted.By);

    /// <summary>A kind, or an expectation, as it is written.</summary>
    internal static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}

/// <summary>A channel that an event happens on.</summary>
public sealed record EventChannelView(string Platform, string Channel);

/// <summary>Events, by their beginning.</summary>
public sealed record EventList(IReadOnlyList<EventView> Events);
