namespace Moderato.Storage.Tables;

/// <summary>
/// Where a table service is and the key to it, from a storage connection string:
/// https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string
/// </summary>
internal sealed record TableConnectionString(Uri Endpoint, TableSharedKeyCredential Credential)
{
    // The emulator's account is the same on every machine and public.
    private const string EmulatorAccount = "devstoreaccount1";
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <exception cref="FormatException">Says everything that is wrong at once, and never repeats a value.</exception>
    public static TableConnectionString Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);

        var problems = new List<string>();
        var settings = Split(text, problems);
        var parsed = settings.TryGetValue("UseDevelopmentStorage", out var emulator)
            ? ParseEmulator(emulator, settings, problems)
            : ParseAccount(settings, problems);

        return problems.Count == 0 && parsed is not null
            ? parsed
            : throw new FormatException($"The storage connection string cannot be used: {string.Join("; ", problems)}.");
    }

    private static Dictionary<string, string> Split(string text, List<string> problems)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (index, part) in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Index())
        {
            // A key ends in '=' itself: only the first one separates.
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                problems.Add($"part {index + 1} is not of the form name=value");
            }
            else if (!settings.TryAdd(part[..equals], part[(equals + 1)..]))
            {
                problems.Add($"{part[..equals]} is there twice");
            }
        }

        return settings;
    }

    private static TableConnectionString? ParseEmulator(string emulator, Dictionary<string, string> settings, List<string> problems)
    {
        if (!emulator.Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            problems.Add("UseDevelopmentStorage can only be true");
            return null;
        }

        var proxy = settings.TryGetValue("DevelopmentStorageProxyUri", out var address)
            ? ParseUri("DevelopmentStorageProxyUri", address, problems)
            : new Uri("http://127.0.0.1");
        return proxy is null
            ? null
            : new TableConnectionString(
                new UriBuilder(proxy.Scheme, proxy.Host, 10002, EmulatorAccount).Uri,
                new TableSharedKeyCredential(EmulatorAccount, EmulatorKey));
    }

    private static TableConnectionString? ParseAccount(Dictionary<string, string> settings, List<string> problems)
    {
        var account = Required("AccountName", settings, problems);
        var key = Required("AccountKey", settings, problems);
        if (key is not null && !Convert.TryFromBase64String(key, new byte[key.Length], out _))
        {
            problems.Add("AccountKey is not base64");
        }

        if (settings.ContainsKey("SharedAccessSignature"))
        {
            problems.Add("SharedAccessSignature is not supported; use a key or a managed identity");
        }

        var endpoint = FindEndpoint(account, settings, problems);
        return problems.Count == 0 ? new TableConnectionString(endpoint!, new TableSharedKeyCredential(account!, key!)) : null;
    }

    private static Uri? FindEndpoint(string? account, Dictionary<string, string> settings, List<string> problems)
    {
        var protocol = settings.GetValueOrDefault("DefaultEndpointsProtocol", "https");
        if (protocol is not ("http" or "https"))
        {
            problems.Add("DefaultEndpointsProtocol is neither http nor https");
            return null;
        }

        if (settings.TryGetValue("TableEndpoint", out var table))
        {
            return ParseUri("TableEndpoint", table, problems);
        }

        return account is null
            ? null
            : ParseUri(
                "The address made from AccountName and EndpointSuffix",
                $"{protocol}://{account}.table.{settings.GetValueOrDefault("EndpointSuffix", "core.windows.net")}",
                problems);
    }

    private static string? Required(string name, Dictionary<string, string> settings, List<string> problems)
    {
        if (settings.TryGetValue(name, out var value) && value.Length > 0)
        {
            return value;
        }

        problems.Add($"{name} is missing");
        return null;
    }

    private static Uri? ParseUri(string name, string text, List<string> problems)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps))
        {
            return uri;
        }

        problems.Add($"{name} is not an absolute http or https address");
        return null;
    }
}
