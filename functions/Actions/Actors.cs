using Moderato.Actions.Platforms;
using Moderato.Comments;

namespace Moderato.Actions;

/// <summary>Every platform that can be acted on: together, what can be done where, and what takes it back.</summary>
public static class Actors
{
    public static readonly IReadOnlyList<IActor> All =
    [
        new FacebookActor(), new InstagramActor(), new MessengerActor(), new XActor(), new TelegramActor(), new DiscourseActor(), new WordPressActor(),
        new WooCommerceActor(), new TrustpilotActor(), new LinkedInActor(), new MediaWikiActor(), new SlackActor(), new DiscordActor(), new YouTubeActor(),
        new GitHubActor(), new MastodonActor(),
    ];

    private static readonly Dictionary<PlatformId, IActor> ByPlatform = All.ToDictionary(a => a.Platform);

    public static IActor? Find(PlatformId platform) => ByPlatform.GetValueOrDefault(platform);
}
