namespace Moderato.Local.Hosting;

/// <summary>A published functions app: its files, read and checked.</summary>
internal sealed record App(string Folder, HostFile Host, Settings Settings, IReadOnlyList<Function> Functions)
{
    /// <summary>The app with only the functions that these start, and those on how it is.</summary>
    public App With(Triggers triggers) => this with
    {
        Functions = [.. Functions.Where(function => function switch
        {
            HttpFunction http => triggers.HasFlag(Triggers.Http) || http.IsHealth,
            QueueFunction => triggers.HasFlag(Triggers.Queues),
            _ => triggers.HasFlag(Triggers.Timers),
        })],
    };

    /// <exception cref="AppException">Something is wrong with the files; every problem is listed.</exception>
    public static App Read(string folder, string? settingsFile, IReadOnlyDictionary<string, string> overriding)
    {
        folder = Path.GetFullPath(folder);
        if (!Directory.Exists(folder))
            throw new AppException([$"There is no app folder {folder}."]);

        var problems = new List<string>();
        string[] files = [Path.Combine(folder, "local.settings.json"), .. settingsFile is null ? [] : new[] { settingsFile }];
        var settings = Settings.Read(files, overriding, problems);
        var host = HostFile.Read(folder, problems);
        var functions = Directory.EnumerateDirectories(folder)
            .Where(f => File.Exists(Path.Combine(f, "function.json"))).Order(StringComparer.Ordinal).ToList();
        if (functions.Count == 0)
            problems.Add($"{folder} holds no function: a folder with a function.json.");

        // Where host.json is bad, functions are still read, so that their own problems are listed as well.
        var forwardsHttp = host?.ForwardsHttp ?? true;
        var read = functions.Select(f => Function.Read(f, forwardsHttp, settings, problems)).OfType<Function>().ToList();
        return host is not null && problems.Count == 0 ? new App(folder, host, settings, read) : throw new AppException(problems);
    }
}
