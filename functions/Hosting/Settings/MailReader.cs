using System.Globalization;
using System.Net;
using System.Net.Mail;
using Moderato.Comments;
using Moderato.Mail;

namespace Moderato.Hosting;

/// <summary>Reads what the settings say about mail: who receives it, and through whom it is sent.</summary>
internal static class MailReader
{
    private const int MostSeconds = 120;
    private const int FewestSeconds = 5;

    private static readonly string[] UsualEditions = [Editions.Daily, Editions.Alarms];

    public static List<Recipient> Recipients(CommunityOptions community, int digestHour, string before, List<string> problems)
    {
        var read = new List<Recipient>();
        foreach (var (i, from) in community.Recipients.Index())
        {
            var at = $"{before}Recipients__{i}__";
            if (!IsPlainAddress(from.Address))
                problems.Add($"{at}Address must be a mail address such as anna@example.org.");
            else if (read.Exists(r => r.Address.Equals(from.Address, StringComparison.OrdinalIgnoreCase)))
                problems.Add($"{at}Address is there a second time; name what the person receives once, in Editions.");
            var language = from.Language ?? community.Language;
            if (from.Language is not null && !SettingsReader.Languages.Contains(from.Language))
                problems.Add($"{at}Language is '{from.Language}'; it must be one of: {string.Join(", ", SettingsReader.Languages)}.");
            var hour = digestHour;
            if (from.Hour is not null && (!int.TryParse(from.Hour, NumberStyles.None, CultureInfo.InvariantCulture, out hour) || hour > 23 || hour < digestHour))
                problems.Add($"{at}Hour is '{from.Hour}'; it must be a whole number from the community's DigestHour ({digestHour}) to 23.");
            foreach (var (j, _) in from.Editions.Index().Where(e => !Editions.IsValid(e.Item)))
                problems.Add($"{at}Editions__{j} must be {Editions.Rule}.");
            read.Add(new Recipient(from.Address ?? "", language, hour, from.Editions.Count > 0 ? [.. from.Editions.Distinct(StringComparer.Ordinal)] : UsualEditions));
        }
        return read;
    }

    public static MailSettings Mail(MailOptions from, List<string> problems)
    {
        const string at = "Moderato__Mail__";
        if (!MailAddress.TryCreate(from.From, out var sender))
            problems.Add($"{at}From must be a mail address such as moderato@example.org.");
        if (!int.TryParse(from.Port, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is 0 or > IPEndPoint.MaxPort)
            problems.Add($"{at}Port is '{from.Port}'; it must be a whole number from 1 to {IPEndPoint.MaxPort}.");
        if (!int.TryParse(from.TimeoutSeconds, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds is < FewestSeconds or > MostSeconds)
            problems.Add($"{at}TimeoutSeconds is '{from.TimeoutSeconds}'; it must be a whole number from {FewestSeconds} to {MostSeconds}.");
        if (string.IsNullOrEmpty(from.User) != string.IsNullOrEmpty(from.Password))
            problems.Add($"{at}{(string.IsNullOrEmpty(from.User) ? "User" : "Password")} is missing: a user goes with a password.");
        if (from.Security is not ("starttls" or "none"))
            problems.Add($"{at}Security is '{from.Security}'; it must be starttls or none.");
        if (from.Host is not null && Uri.CheckHostName(from.Host) == UriHostNameType.Unknown)
            problems.Add($"{at}Host must be the name of a mail server, such as smtp.example.org.");
        else if (from is { Security: "none", Host: { } host, User.Length: > 0 } && !IsThisMachine(host))
            problems.Add($"{at}Security is none; with a User it must be starttls: a password is not sent in clear to another machine.");
        var server = from.Host is null ? null
            : new MailServer(from.Host, port, string.IsNullOrEmpty(from.User) ? null : new NetworkCredential(from.User, from.Password), from.Security != "none", TimeSpan.FromSeconds(seconds));
        return new MailSettings(sender ?? new MailAddress("moderato@localhost"), server);
    }

    /// <param name="address">The setting.</param>
    /// <param name="hostName">The name under which Azure serves the app. The Core Tools give this machine's, with a port.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public static PublicAddress Address(string? address, string? hostName, List<string> problems)
    {
        if (string.IsNullOrEmpty(address) && !string.IsNullOrEmpty(hostName))
            address = $"{(IsThisMachine(hostName.Split(':')[0]) ? "http" : "https")}://{hostName}";
        if (string.IsNullOrEmpty(address))
            return new PublicAddress(null);
        if (!WebAddress.IsValid(address) || !Uri.TryCreate(address, UriKind.Absolute, out var read) || (read.Scheme != Uri.UriSchemeHttps && !read.IsLoopback)
            || read.Query.Length > 0 || read.Fragment.Length > 0 || read.UserInfo.Length > 0)
            problems.Add("Moderato__Address must be an https address (http only on this machine), such as https://moderato.example.org.");
        return new PublicAddress(address.TrimEnd('/'));
    }

    /// <summary>An address alone, without a name or white space: it is compared, and part of keys.</summary>
    private static bool IsPlainAddress(string? address) => MailAddress.TryCreate(address, out var read) && read.Address == address;

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
