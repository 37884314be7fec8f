using Moderato.Actions.Platforms;
using Moderato.Comments;

namespace Moderato.Actions;

/// <summary>Every platform that can be acted on: together, what can be done where, and what takes it back.</summary>
public static class Actors
{
    private static readonly StandardActor Generic = new();

    public static readonly IReadOnlyList<IActor> All =
    [
        new FacebookActor(), new InstagramActor(), new MessengerActor(), new XActor(), new TelegramActor(), new DiscourseActor(), new WordPressActor(),
        new WooCommerceActor(), new TrustpilotActor(), new LinkedInActor(), new MediaWikiActor(), new SlackActor(), new DiscordActor(), new YouTubeActor(),
        new GitHubActor(), new MastodonActor(), Generic,
    ];

    private static readonly Dictionary<PlatformId, IActor> ByPlatform = All.ToDictionary(a => a.Platform);

    /// <summary>What each can do, for policies.</summary>
    public static Abilities Abilities { get; } = new(All.ToDictionary(a => a.Platform, a => a.Levers));

    public static IActor? Find(PlatformId platform) => ByPlatform.GetValueOrDefault(platform);

    /// <summary>Who acts on a comment: its platform, or the site of one's own that sent it under a name of its own.</summary>
    public static IActor? Find(Comment comment) =>
        Find(comment.Key.Platform) ?? (comment.Source?.StartsWith($"{Generic.Platform}/", StringComparison.Ordinal) is true ? Generic : null);
}
