using Moderato.Comments;
using Moderato.Mood;

namespace Moderato.Digests;

/// <summary>Calls channels in a letter what people call them.</summary>
internal static class PageNames
{
    public static Digest Named(this Digest digest, Sources sources)
    {
        return digest with
        {
            ByChannel = All(digest.ByChannel, c => c with { Channel = Name(c.Platform, c.Channel) }),
            NeedsYou = All(digest.NeedsYou, n => n with { Channel = Name(n.Platform, n.Channel) }),
            Threads = All(digest.Threads, t => t with { Channel = Name(t.Platform, t.Channel) }),
            Incidents = All(digest.Incidents, i => i with { Channels = Names(i.Channels) }),
            Causes = All(digest.Causes, c => c with { Channels = Names(c.Channels) }),
            Questions = All(digest.Questions, q => q with { Channels = Names(q.Channels) }),
            Events = All(digest.Events, e => e with { Channels = Names(e.Channels) }),
        };

        string Name(PlatformId platform, string channel) => sources.NameOf(digest.Community, platform, channel);

        IReadOnlyList<EventChannel> Names(IReadOnlyList<EventChannel> channels) => [.. channels.Select(c => c with { Channel = Name(c.Platform, c.Channel) })];
    }

    private static Capped<T> All<T>(Capped<T> some, Func<T, T> named) => some with { Items = [.. some.Items.Select(named)] };
}
