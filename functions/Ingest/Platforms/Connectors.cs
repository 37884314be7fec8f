using Moderato.Comments;

namespace Moderato.Ingest.Platforms;

/// <summary>Every platform that is understood.</summary>
public static class Connectors
{
    public static readonly IReadOnlyList<IConnector> All =
    [
        new Facebook(), new Instagram(), new Messenger(), new X(), new Telegram(), new Discourse(), new WordPress(), new Trustpilot(),
        new WooCommerce(), new LinkedIn(), new MediaWiki(), new Slack(), new Discord(), new YouTube(), new GitHub(), new Mastodon(), new StandardWebhooks(),
    ];

    private static readonly Dictionary<string, IConnector> ByPlatform = All.ToDictionary(c => c.Platform.ToString());

    public static IConnector? Find(string platform) => ByPlatform.GetValueOrDefault(platform);

    public static IConnector? Find(PlatformId platform) => Find(platform.ToString());

    /// <summary>Who asks for a source's comments; null if they are sent.</summary>
    public static IPolledConnector? PollerOf(PlatformId platform, string? token) =>
        Find(platform) is IPolledConnector polled && (token is not null || polled is not IWebhookConnector) ? polled : null;
}
