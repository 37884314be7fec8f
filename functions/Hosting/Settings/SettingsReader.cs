using System.Globalization;
using Moderato.Actions.Webhooks;
using Moderato.Comments;
using Moderato.Ingest;
using Moderato.Ingest.Platforms;
using Moderato.Mail;

namespace Moderato.Hosting;

/// <summary>What the settings come to, in the rooms' own words.</summary>
public sealed record Settings(Communities Communities, Sources Sources, Endpoints Webhooks, IReadOnlyList<SettingsKey> Keys, MailSettings Mail, PublicAddress Address);

/// <summary>Turns options into settings, and says everything that is wrong with them rather than the first thing.</summary>
public static class SettingsReader
{
    internal static readonly string[] Languages = ["it", "en"];
    private const int MostDays = 3_650;
    private const int LongestSourceName = 80;

    /// <summary>A week of missed digests is made up for, from the rows.</summary>
    private const int FewestOutcomeDays = 10;

    /// <param name="options">What was set.</param>
    /// <param name="hostName">The name under which Azure serves the app; null elsewhere.</param>
    /// <returns>The settings if there is no problem; otherwise null and the problems, each naming its setting.</returns>
    public static (Settings? Settings, IReadOnlyList<string> Problems) Read(ModeratoOptions options, string? hostName)
    {
        var problems = new List<string>();
        var communities = Communities(options, problems);
        var sources = Sources(options, communities, problems);
        var webhooks = Webhooks(options, communities, problems);
        var keys = Keys(options, communities, problems);
        var mail = MailReader.Mail(options.Mail, problems);
        var address = MailReader.Address(options.Address, hostName, problems);
        if (problems.Count > 0)
            return (null, problems);

        return (new Settings(new Communities(communities), new Sources(sources), new Endpoints(webhooks), keys, mail, address), problems);
    }

    private static List<Community> Communities(ModeratoOptions options, List<string> problems)
    {
        if (options.Communities.Count == 0)
            problems.Add("Moderato__Communities__0__Id is missing: at least one community is needed.");

        var read = new List<Community>();
        for (var i = 0; i < options.Communities.Count; i++)
        {
            var (from, at) = (options.Communities[i], $"Moderato__Communities__{i}__");
            if (!CommunityId.TryParse(from.Id, out var id))
                problems.Add($"{at}Id must have {CommunityId.Rule}.");
            else if (read.Exists(c => c.Id == id))
                problems.Add($"{at}Id is '{id}' a second time; ids are unique.");
            if (!TimeZoneInfo.TryFindSystemTimeZoneById(from.TimeZone, out var zone) || !zone.HasIanaId)
                problems.Add($"{at}TimeZone is '{from.TimeZone}'; it must be an IANA name such as Europe/Rome.");
            if (!Languages.Contains(from.Language))
                problems.Add($"{at}Language is '{from.Language}'; it must be one of: {string.Join(", ", Languages)}.");
            if (!int.TryParse(from.DigestHour, NumberStyles.None, CultureInfo.InvariantCulture, out var hour) || hour > 23)
                problems.Add($"{at}DigestHour is '{from.DigestHour}'; it must be a whole number from 0 to 23.");
            var textDays = Days(from.TextDays, 1, $"{at}TextDays", problems);
            var outcomeDays = Days(from.OutcomeDays, FewestOutcomeDays, $"{at}OutcomeDays", problems);
            if (outcomeDays < textDays)
                problems.Add($"{at}OutcomeDays is {outcomeDays}; it must be at least TextDays, which is {textDays}: words are not kept without what became of them.");
            var (quiet, escalate) = (Quiet(from, at, problems), Whole(from.EscalateMinutes, 5, 1_440, $"{at}EscalateMinutes", problems));
            read.Add(new Community(id, from.Name ?? from.Id ?? "", zone ?? TimeZoneInfo.Utc, from.Language, hour)
            {
                TextDays = textDays ?? 90,
                OutcomeDays = outcomeDays ?? 400,
                Quiet = quiet,
                EscalateAfter = TimeSpan.FromMinutes(escalate ?? 30),
                Recipients = MailReader.Recipients(from, hour, at, problems),
            });
        }
        return read;
    }

    private static int? Days(string text, int fewest, string setting, List<string> problems) => Whole(text, fewest, MostDays, setting, problems);

    private static int? Whole(string text, int fewest, int most, string setting, List<string> problems)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= fewest && number <= most)
            return number;
        problems.Add($"{setting} is '{text}'; it must be a whole number from {fewest} to {most}.");
        return null;
    }

    private static QuietHours? Quiet(CommunityOptions from, string at, List<string> problems)
    {
        const int lastHour = 23;
        if (string.IsNullOrEmpty(from.QuietFrom) && string.IsNullOrEmpty(from.QuietTo))
            return null;
        var begin = Whole(from.QuietFrom ?? "", 0, lastHour, $"{at}QuietFrom", problems);
        var end = Whole(from.QuietTo ?? "", 0, lastHour, $"{at}QuietTo", problems);
        if (begin is not null && begin == end)
            problems.Add($"{at}QuietTo is {end}, as QuietFrom is: quiet hours must end at another hour than they begin.");
        return begin is { } first && end is { } last && first != last ? new QuietHours(first, last) : null;
    }

    private static List<Source> Sources(ModeratoOptions options, List<Community> communities, List<string> problems)
    {
        var read = new List<Source>();
        for (var i = 0; i < options.Sources.Count; i++)
        {
            var (from, at) = (options.Sources[i], $"Moderato__Sources__{i}__");
            if (!CommunityId.TryParse(from.Id, out var id))
                problems.Add($"{at}Id must have {CommunityId.Rule}.");
            var connector = Connectors.Find(from.Platform ?? "");
            if (connector is null)
                problems.Add($"{at}Platform is '{from.Platform}'; it must be one of: {string.Join(", ", Connectors.All.Select(c => c.Platform))}.");
            else if (read.Exists(s => s.Platform == connector.Platform && s.Id == id.ToString()))
                problems.Add($"{at}Id is '{id}' a second time for {connector.Platform}; ids are unique.");
            if (!CommunityId.TryParse(from.Community, out var community) || !communities.Exists(c => c.Id == community))
                problems.Add($"{at}Community is '{from.Community}'; it must be the id of a community of these settings.");
            if (from.Name is { } name && (string.IsNullOrWhiteSpace(name) || name.Length > LongestSourceName))
                problems.Add($"{at}Name must have 1 to {LongestSourceName} characters.");
            Uri? address = null;
            if (from.Address is not null && (!WebAddress.IsValid(from.Address) || !Uri.TryCreate(from.Address, UriKind.Absolute, out address)))
                problems.Add($"{at}Address must be an absolute http or https address, such as https://forum.example.org.");
            if (connector is null)
                continue;
            var keys = from.Secrets.Select(s => connector.ReadSecret(s ?? "")).OfType<byte[]>().ToList();
            if (from.Secrets.Count > 2 || keys.Count < from.Secrets.Count)
                problems.Add($"{at}Secrets must hold one or two of these: {connector.SecretRule}.");
            problems.AddRange(Missing(connector, from).Select(missing => $"{at}{missing}"));
            read.Add(new Source(id.ToString(), connector.Platform, community, keys)
            {
                Name = from.Name,
                VerifyToken = from.VerifyToken ?? "",
                Account = from.Account,
                Address = address,
                Token = from.Token,
                ActionToken = from.ActionToken,
                Channels = from.Channels,
            });
        }
        return read;
    }

    /// <summary>What a platform needs and the settings do not give. One that can be asked, and has a token, needs no webhook.</summary>
    private static IEnumerable<string> Missing(IConnector connector, SourceOptions from)
    {
        var needs = Connectors.PollerOf(connector.Platform, from.Token)?.PollNeeds ?? ((IWebhookConnector)connector).Needs;
        if (needs.HasFlag(SourceNeeds.Secret) && from.Secrets.Count == 0)
            yield return $"Secrets must hold one or two of these: {connector.SecretRule}.";
        if (needs.HasFlag(SourceNeeds.VerifyToken) && from.VerifyToken is not { Length: >= 8 })
            yield return "VerifyToken must have at least 8 characters.";
        if (needs.HasFlag(SourceNeeds.Account) && string.IsNullOrEmpty(from.Account))
            yield return $"Account is missing: {connector.Platform} is asked about our account.";
        if (needs.HasFlag(SourceNeeds.Address) && from.Address is null)
            yield return $"Address is missing: say where this {connector.Platform} is.";
        if (needs.HasFlag(SourceNeeds.Token) && string.IsNullOrEmpty(from.Token))
            yield return $"Token is missing: without one {connector.Platform} cannot be asked.";
        if (needs.HasFlag(SourceNeeds.Channels) && from.Channels.Count == 0)
            yield return "Channels must hold the id of at least one channel.";
    }

    private static List<Endpoint> Webhooks(ModeratoOptions options, List<Community> communities, List<string> problems)
    {
        const string secretPrefix = "whsec_";
        var read = new List<Endpoint>();
        for (var i = 0; i < options.Webhooks.Count; i++)
        {
            var (from, at) = (options.Webhooks[i], $"Moderato__Webhooks__{i}__");
            if (!CommunityId.TryParse(from.Id, out var id))
                problems.Add($"{at}Id must have {CommunityId.Rule}.");
            if (!CommunityId.TryParse(from.Community, out var community) || !communities.Exists(c => c.Id == community))
                problems.Add($"{at}Community is '{from.Community}'; it must be the id of a community of these settings.");
            else if (read.Exists(e => e.Community == community && e.Id == id.ToString()))
                problems.Add($"{at}Id is '{id}' a second time for {community}; ids are unique.");
            if (!bool.TryParse(from.AllowPrivate, out var allowPrivate))
                problems.Add($"{at}AllowPrivate must be true or false.");
            if (!WebAddress.IsValid(from.Address ?? "") || !Uri.TryCreate(from.Address, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && !allowPrivate))
                (address, _) = (null, Note(problems, $"{at}Address must be an absolute https address (http only with AllowPrivate)."));
            var key = new byte[64];
            if (from.Secret?.StartsWith(secretPrefix, StringComparison.Ordinal) is not true || !Convert.TryFromBase64String(from.Secret[secretPrefix.Length..], key, out var length) || length < 24)
                (length, _) = (0, Note(problems, $"{at}Secret must be whsec_ and 24 to 64 bytes in base64."));
            foreach (var unknown in from.Events.Where(e => !EventTypes.All.Contains(e)))
                problems.Add($"{at}Events names '{unknown}'; events are {string.Join(", ", EventTypes.All)}.");
            if (address is not null)
                read.Add(new Endpoint(id.ToString(), community, address, key[..length], from.Events.Count > 0 ? from.Events : EventTypes.All, allowPrivate));
        }
        return read;
    }

    private static bool Note(List<string> problems, string problem)
    {
        problems.Add(problem);
        return false;
    }

    private static List<SettingsKey> Keys(ModeratoOptions options, List<Community> communities, List<string> problems)
    {
        var read = new List<SettingsKey>();
        for (var i = 0; i < options.ApiKeys.Count; i++)
        {
            var (from, at) = (options.ApiKeys[i], $"Moderato__ApiKeys__{i}__");
            if (string.IsNullOrWhiteSpace(from.Name))
                problems.Add($"{at}Name is missing: say who holds the key.");
            var hash = from.Sha256 is { Length: 64 } hex && hex.All(char.IsAsciiHexDigit) ? Convert.FromHexString(hex) : null;
            if (hash is null)
                problems.Add($"{at}Sha256 must be the SHA-256 of the key, 64 hexadecimal digits.");
            foreach (var unknown in from.Communities.Where(c => c != "*" && !communities.Exists(known => known.Id.ToString() == c)))
                problems.Add($"{at}Communities names '{unknown}', which is no community of these settings.");
            if (from.Communities.Count == 0)
                problems.Add($"{at}Communities must name at least one community, or * for all.");
            var scopes = new HashSet<Scope>();
            foreach (var text in from.Scopes)
            {
                if (Enum.TryParse<Scope>(text, ignoreCase: true, out var scope) && Enum.IsDefined(scope))
                    scopes.Add(scope);
                else
                    problems.Add($"{at}Scopes names '{text}'; scopes are ingest, read, moderate and admin.");
            }
            if (from.Scopes.Count == 0)
                problems.Add($"{at}Scopes must name at least one of: ingest, read, moderate, admin.");
            if (!int.TryParse(from.RequestsPerMinute, NumberStyles.None, CultureInfo.InvariantCulture, out var perMinute) || perMinute is 0 or > ApiKey.MostRequestsPerMinute)
                problems.Add($"{at}RequestsPerMinute is '{from.RequestsPerMinute}'; it must be a whole number from 1 to {ApiKey.MostRequestsPerMinute}.");
            if (!bool.TryParse(from.Apprentice, out var apprentice))
                problems.Add($"{at}Apprentice must be true or false.");
            var limitedTo = from.Communities.Contains("*") ? null
                : communities.Select(c => c.Id).Where(id => from.Communities.Contains(id.ToString())).ToHashSet();
            read.Add(new SettingsKey(new ApiKey($"settings-{i}", from.Name ?? "", limitedTo, scopes) { RequestsPerMinute = perMinute, Apprentice = apprentice }, hash ?? []));
        }
        return read;
    }
}
