namespace Moderato.Local.Hosting;

/// <summary>What host.json says, with the Functions host's defaults where it says nothing.</summary>
internal sealed record HostFile
{
    /// <summary><c>customHandler.description.defaultExecutablePath</c>, made absolute.</summary>
    public required string Executable { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    public required string WorkingDirectory { get; init; }

    public required bool ForwardsHttp { get; init; }

    /// <summary><c>extensions.http.routePrefix</c>, without slashes at its ends. Default: <c>api</c>.</summary>
    public required string RoutePrefix { get; init; }

    public required QueueSettings Queues { get; init; }

    /// <summary>After which a call is given up; null for never. Default: 30 minutes.</summary>
    public required TimeSpan? FunctionTimeout { get; init; }

    /// <returns>Null if something is wrong; it is reported.</returns>
    public static HostFile? Read(string appFolder, List<string> problems)
    {
        if (JsonFile.Read(Path.Combine(appFolder, "host.json"), "host.json", problems) is not { } file)
            return null;

        var before = problems.Count;
        var workingDirectory = Path.Combine(appFolder, file.Text("customHandler.description.workingDirectory") ?? "");
        if (!Directory.Exists(workingDirectory))
            file.Report("customHandler.description.workingDirectory", "names no folder.");
        var host = new HostFile
        {
            Executable = FindExecutable(file, appFolder, workingDirectory),
            Arguments = file.Texts("customHandler.description.arguments") ?? [],
            WorkingDirectory = workingDirectory,
            ForwardsHttp = file.Flag("customHandler.enableForwardingHttpRequest") ?? false,
            RoutePrefix = (file.Text("extensions.http.routePrefix") ?? "api").Trim('/'),
            Queues = QueueSettings.Read(file),
            FunctionTimeout = file.Text("functionTimeout") is "-1" ? null : file.Span("functionTimeout") ?? TimeSpan.FromMinutes(30),
        };
        return problems.Count == before ? host : null;
    }

    private static string FindExecutable(JsonFile file, string appFolder, string workingDirectory)
    {
        const string Field = "customHandler.description.defaultExecutablePath";
        if (file.Text(Field) is not { Length: > 0 } named)
        {
            file.Report(Field, "is missing: it names the program that answers for the functions.");
            return "";
        }

        var found = new[] { workingDirectory, appFolder }.Select(folder => Path.GetFullPath(Path.Combine(folder, named))).FirstOrDefault(File.Exists)
            ?? FindOnPath(named);
        if (found is null)
            file.Report(Field, $"names {named}, which is neither in the app's folder nor on the PATH.");
        else if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(found) & UnixFileMode.UserExecute) == UnixFileMode.None)
            file.Report(Field, $"names {named}, which may not be executed (chmod +x).");
        return found ?? "";
    }

    private static string? FindOnPath(string named) =>
        named.Contains('/', StringComparison.Ordinal)
            ? null
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
                .Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, named)).FirstOrDefault(File.Exists);
}

/// <summary><c>extensions.queues</c> of host.json.</summary>
internal sealed record QueueSettings
{
    /// <summary>How many messages are taken at once, 1 to 32. Default: 16.</summary>
    public required int BatchSize { get; init; }

    /// <summary>When so few still run, the next batch is taken. Default: half of <see cref="BatchSize"/>.</summary>
    public required int NewBatchThreshold { get; init; }

    /// <summary>The longest wait between two looks at an empty queue. Default: 1 s (a minute in Azure).</summary>
    public required TimeSpan MaxPollingInterval { get; init; }

    /// <summary>How long a failed message stays invisible. Default: 30 s (none in Azure).</summary>
    public required TimeSpan VisibilityTimeout { get; init; }

    /// <summary>After how many tries a message goes to the poison queue. Default: 5.</summary>
    public required int MaxDequeueCount { get; init; }

    /// <summary>Whether texts are base64 in the queue, as they are by default, or plain.</summary>
    public required bool Base64 { get; init; }

    public static QueueSettings Read(JsonFile file)
    {
        var batchSize = file.Whole("extensions.queues.batchSize", 1, 32) ?? 16;
        var encoding = file.Text("extensions.queues.messageEncoding") ?? "base64";
        if (encoding is not ("base64" or "none"))
            file.Report("extensions.queues.messageEncoding", "must be base64 or none.");
        return new()
        {
            BatchSize = batchSize,
            NewBatchThreshold = file.Whole("extensions.queues.newBatchThreshold", 0, 1_000) ?? batchSize / 2,
            MaxPollingInterval = file.Span("extensions.queues.maxPollingInterval") ?? TimeSpan.FromSeconds(1),
            VisibilityTimeout = file.Span("extensions.queues.visibilityTimeout") ?? TimeSpan.FromSeconds(30),
            MaxDequeueCount = file.Whole("extensions.queues.maxDequeueCount", 1, 1_000) ?? 5,
            Base64 = encoding is not "none",
        };
    }
}
