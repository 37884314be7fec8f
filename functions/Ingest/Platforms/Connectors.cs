using Moderato.Comments;

namespace Moderato.Ingest.Platforms;

/// <summary>Every platform whose webhooks are understood.</summary>
public static class Connectors
{
    public static readonly IReadOnlyList<IConnector> All =
    [
        new Facebook(), new Instagram(), new Messenger(), new X(), new Telegram(), new Discourse(), new WordPress(), new Trustpilot(),
        new LinkedIn(), new Slack(), new Discord(), new GitHub(), new Mastodon(), new StandardWebhooks(),
    ];

    private static readonly Dictionary<string, IConnector> ByPlatform = All.ToDictionary(c => c.Platform.ToString());

    public static IConnector? Find(string platform) => ByPlatform.GetValueOrDefault(platform);

    public static IConnector? Find(PlatformId platform) => Find(platform.ToString());
}
