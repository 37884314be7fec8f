namespace Moderato.Hosting;

/// <summary>
/// Everything that can be set, under <c>Moderato</c>: app settings write it <c>Moderato__Communities__0__Id</c> and so on.
/// Lists are numbered, since names of app settings allow no hyphens. Checked when the app starts; every problem is listed.
/// </summary>
public sealed class ModeratoOptions
{
    /// <summary>The communities looked after; at least one.</summary>
    public List<CommunityOptions> Communities { get; } = [];

    /// <summary>Platforms' pages and accounts whose webhooks are pointed here.</summary>
    public List<SourceOptions> Sources { get; } = [];

    /// <summary>Keys for the HTTP interface.</summary>
    public List<ApiKeyOptions> ApiKeys { get; } = [];

    /// <summary>Addresses of the user's own systems that are told what happens.</summary>
    public List<WebhookOptions> Webhooks { get; } = [];

    /// <summary>Through whom mails are sent.</summary>
    public MailOptions Mail { get; } = new();

    /// <summary>
    /// Where people reach this app, for links in mails: an https address, or http on this machine. Default: <c>https://</c> and the host
    /// name that Azure gives the app; elsewhere none, and then mails have no links to it.
    /// </summary>
    public string? Address { get; set; }
}

/// <summary>One community.</summary>
public sealed class CommunityOptions
{
    /// <summary>1 to 40 lower-case letters, digits or hyphens. Required; part of addresses and keys, so it never changes.</summary>
    public string? Id { get; set; }

    /// <summary>As people read it. Default: the id.</summary>
    public string? Name { get; set; }

    /// <summary>IANA name of the time zone. Default: <c>Europe/Rome</c>.</summary>
    public string TimeZone { get; set; } = "Europe/Rome";

    /// <summary><c>it</c> or <c>en</c>. Default: <c>it</c>.</summary>
    public string Language { get; set; } = "it";

    /// <summary>Local hour from which yesterday's digest is due, 0 to 23. Default: 7.</summary>
    public string DigestHour { get; set; } = "7";

    /// <summary>How many days what people wrote is kept, 1 to 3650. Default: 90.</summary>
    public string TextDays { get; set; } = "90";

    /// <summary>
    /// How many days what became of comments is kept, 10 to 3650 and at least <see cref="TextDays"/>: digests are made up for a week. Then
    /// only counts remain. Default: 400.
    /// </summary>
    public string OutcomeDays { get; set; } = "400";

    /// <summary>
    /// Local hour, 0 to 23, from which an alarm of unrest waits until <see cref="QuietTo"/>; a crisis, a raid and a mutiny never wait. Both or
    /// neither. Default: none.
    /// </summary>
    public string? QuietFrom { get; set; }

    /// <summary>Local hour, 0 to 23 and another than <see cref="QuietFrom"/>, in which waiting alarms are sent if it is not over by then. Default: none.</summary>
    public string? QuietTo { get; set; }

    /// <summary>After how many minutes without anybody seeing to a crisis others are told, 5 to 1440. Default: 30.</summary>
    public string EscalateMinutes { get; set; } = "30";

    /// <summary>Who receives its mails. Default: nobody.</summary>
    public List<RecipientOptions> Recipients { get; } = [];
}

/// <summary>Somebody who receives a community's mails.</summary>
public sealed class RecipientOptions
{
    /// <summary>A mail address, once a community. Required.</summary>
    public string? Address { get; set; }

    /// <summary><c>it</c> or <c>en</c>. Default: the community's.</summary>
    public string? Language { get; set; }

    /// <summary>Local hour from which the digest is sent, 0 to 23 and not before the community's DigestHour. Default: that.</summary>
    public string? Hour { get; set; }

    /// <summary>
    /// <c>daily</c> (the digest), <c>weekly</c>, <c>alarms</c>, <c>escalations</c>, <c>team:NAME</c> (what was handed to a team). Default:
    /// <c>daily</c> and <c>alarms</c>.
    /// </summary>
    public List<string> Editions { get; } = [];
}

/// <summary>One page or account of a platform.</summary>
public sealed class SourceOptions
{
    /// <summary>1 to 40 lower-case letters, digits or hyphens. Required; part of the webhook's address.</summary>
    public string? Id { get; set; }

    /// <summary>The platform, as in the webhook's address. Required; <c>functions/Ingest/Platforms/README.md</c> lists them.</summary>
    public string? Platform { get; set; }

    /// <summary>Id of a community of these settings. Required.</summary>
    public string? Community { get; set; }

    /// <summary>What people call the page or account, 1 to 80 characters, for mails. Default: what the platform calls it, which may be a number.</summary>
    public string? Name { get; set; }

    /// <summary>
    /// One or two secrets that the platform signs with; what they are, and how long, is the platform's. While one is changed both hold.
    /// Where the platform checks our answers with it, the first one answers.
    /// </summary>
    public List<string> Secrets { get; } = [];

    /// <summary>What the platform repeats in its handshake, at least 8 characters. Required for Facebook, Instagram and Messenger.</summary>
    public string? VerifyToken { get; set; }

    /// <summary>
    /// Our own account there, as the platform writes it: what it writes is not moderated. Where one app sends the events of several
    /// accounts to one address, it also says which of them are this source's. Default: none.
    /// </summary>
    public string? Account { get; set; }

    /// <summary>
    /// Where the platform is, for those that people run themselves: a forum, a shop, a wiki's <c>api.php</c>. Required where it has to
    /// be asked. Default: none, and then a forum's comments have no link.
    /// </summary>
    public string? Address { get; set; }

    /// <summary>
    /// What lets Moderato ask the platform: an API key, a bot's or a user's token, a shop's <c>key:secret</c>. Best a Key Vault
    /// reference. Default: none, and then the platform is not asked.
    /// </summary>
    public string? Token { get; set; }

    /// <summary>
    /// What lets Moderato act on the platform: hide, hold, delete, answer. Best a Key Vault reference, and of an account that may do no
    /// more. What it is for each platform: <c>functions/Actions/Platforms/README.md</c>. Default: none, and then decisions are only recorded.
    /// </summary>
    public string? ActionToken { get; set; }

    /// <summary>Ids of the channels that are read, where a platform has to be asked channel by channel (Discord). Default: none.</summary>
    public List<string> Channels { get; } = [];
}

/// <summary>One address that is told what happens, after Standard Webhooks.</summary>
public sealed class WebhookOptions
{
    /// <summary>1 to 40 lower-case letters, digits or hyphens. Required.</summary>
    public string? Id { get; set; }

    /// <summary>Id of a community of these settings. Required.</summary>
    public string? Community { get; set; }

    /// <summary>Where to send: an https address. Required.</summary>
    public string? Address { get; set; }

    /// <summary>What signs: <c>whsec_</c> and 24 to 64 bytes in base64. Required.</summary>
    public string? Secret { get; set; }

    /// <summary>
    /// <c>outcome.decided</c>, <c>comment.removed</c>, <c>comment.notify</c>, <c>comment.handoff</c>, <c>action.finished</c>, <c>incident.opened</c>,
    /// <c>incident.changed</c>, <c>incident.escalated</c>, <c>incident.closed</c>. Default: all of them.
    /// </summary>
    public List<string> Events { get; } = [];

    /// <summary>
    /// <c>true</c> lets the address lie in a private network, and be http: for a receiver on the same machine. Default: <c>false</c>, since
    /// an address that leads inside could reach what is not meant for it.
    /// </summary>
    public string AllowPrivate { get; set; } = "false";
}

/// <summary>
/// One key of the HTTP interface. The first admin key comes from here; others are better made with it over HTTP, where they can be
/// rotated and revoked without a restart.
/// </summary>
public sealed class ApiKeyOptions
{
    /// <summary>Who holds it. Required.</summary>
    public string? Name { get; set; }

    /// <summary>SHA-256 of the key, 64 hexadecimal digits. Required. The key itself is never in the settings.</summary>
    public string? Sha256 { get; set; }

    /// <summary>Ids of the communities it is for, or <c>*</c>. Required.</summary>
    public List<string> Communities { get; } = [];

    /// <summary><c>ingest</c>, <c>read</c>, <c>moderate</c>, <c>admin</c>; at least one.</summary>
    public List<string> Scopes { get; } = [];

    /// <summary>Requests a minute, of each instance of the app: 1 to 100,000. Default: 600.</summary>
    public string RequestsPerMinute { get; set; } = "600";

    /// <summary><c>true</c>: what the key decides are proposals. Default: <c>false</c>.</summary>
    public string Apprentice { get; set; } = "false";
}

/// <summary>The mail server that mails are handed to.</summary>
public sealed class MailOptions
{
    /// <summary>The sender, if wanted with a name: <c>Moderato &lt;moderato@example.org&gt;</c>. Default: <c>moderato@localhost</c>.</summary>
    public string From { get; set; } = "moderato@localhost";

    /// <summary>The server's name. Default: none, and then no mail is sent.</summary>
    public string? Host { get; set; }

    /// <summary>Its port, 1 to 65535. Default: 587.</summary>
    public string Port { get; set; } = "587";

    /// <summary>The user that it knows. Default: none, and then nobody is named.</summary>
    public string? User { get; set; }

    /// <summary>The user's password; goes with <see cref="User"/>. Best a Key Vault reference.</summary>
    public string? Password { get; set; }

    /// <summary>
    /// <c>starttls</c>: nothing is sent to a server that does not encrypt, or whose certificate is not trusted. <c>none</c>: in clear; not with
    /// a <see cref="User"/> unless the server is on this machine. Default: <c>starttls</c>.
    /// </summary>
    public string Security { get; set; } = "starttls";

    /// <summary>How long a mail may take to be handed over, 5 to 120 seconds. Default: 30.</summary>
    public string TimeoutSeconds { get; set; } = "30";
}
