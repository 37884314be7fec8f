namespace Moderato.Local.Demo;

/// <summary>The running app that the demo plays to.</summary>
/// <param name="Address">Where the app listens, with or without a slash at the end.</param>
/// <param name="ApiKey">May do everything for <see cref="Community"/>.</param>
/// <param name="FacebookSecret">The app secret that signs the webhooks of <paramref name="SourceId"/>.</param>
/// <param name="SourceId">The Facebook source, as its webhook address names it.</param>
/// <param name="Mailbox">Where the app's mails are read; null if that is not known.</param>
internal sealed record DemoTarget(Uri Address, string ApiKey, string FacebookSecret, string SourceId, Uri? Mailbox)
{
    public const string Community = "demo";

    public Uri Webhook => At($"api/webhooks/facebook/{Uri.EscapeDataString(SourceId)}");

    public Uri Comments => At($"api/communities/{Community}/comments");

    public Uri Outcomes => At($"api/communities/{Community}/outcomes");

    public Uri Incidents => At($"api/communities/{Community}/incidents?limit=100");

    public Uri Mails => At($"api/communities/{Community}/mails?limit=100");

    public Uri Digest(string date) => At($"api/communities/{Community}/digests/{date}");

    private Uri At(string path) => new(Address.AbsoluteUri.TrimEnd('/') + "/" + path);
}
