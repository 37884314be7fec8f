using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Moderato.Tests.Support;

namespace Moderato.Tests.EndToEnd;

/// <summary>What <c>./infra/local/up</c> starts once everything is built, as a process of its own that can be killed.</summary>
internal sealed class UpProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly List<string> _output = [];
    private readonly TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private UpProcess(string data, int port, string[] flags, IReadOnlyDictionary<string, string>? environment = null)
    {
        (Data, Port) = (data, port);
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            Program, "up", "--repository", Repository.Root, "--app", PublishedApp.Folder,
            "--data", data, "--port", Port.ToString(CultureInfo.InvariantCulture), .. flags,
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        Process = Process.Start(start)!;
        Process.OutputDataReceived += (_, e) => Keep(e.Data);
        Process.ErrorDataReceived += (_, e) => Keep(e.Data);
        Process.BeginOutputReadLine();
        Process.BeginErrorReadLine();
    }

    /// <summary>As it was built on its own, beside these tests and in the same configuration.</summary>
    public static string Program { get; } = Path.Combine(
        Repository.Root, "infra", "local", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "Moderato.Local.dll");

    public string Data { get; }
    public int Port { get; }
    public Process Process { get; }

    public string Output
    {
        get
        {
            lock (_output)
                return string.Join('\n', _output);
        }
    }

    /// <summary>The app's process, which the host starts again when it is killed; null while there is none.</summary>
    public int? HandlerId
    {
        get
        {
            try
            {
                return int.TryParse(File.ReadAllText(Path.Combine(Data, "handler.pid")), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
            }
            catch (FileNotFoundException)
            {
                return null;
            }
        }
    }

    /// <summary>Starts it and waits until it is up.</summary>
    public static async Task<UpProcess> StartAsync(string data, params string[] flags)
    {
        var up = new UpProcess(data, FreePort.Take(), flags);
        await up._up.Task.WaitAsync(Patience, TimeProvider.System);
        return up;
    }

    /// <summary>Starts it on a port with more settings, and waits until it is up.</summary>
    public static async Task<UpProcess> StartAsync(string data, int port, IReadOnlyDictionary<string, string> environment)
    {
        var up = new UpProcess(data, port, [], environment);
        await up._up.Task.WaitAsync(Patience, TimeProvider.System);
        return up;
    }

    /// <summary>Starts it where it cannot run: its exit code and what it wrote.</summary>
    public static async Task<(int ExitCode, string Output)> FailAsync(string data, params string[] flags)
    {
        await using var up = new UpProcess(data, FreePort.Take(), flags);
        return (await up.WaitForExitAsync(), up.Output);
    }

    public HttpClient Client()
    {
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}/api/communities/demo/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(Path.Combine(Data, "api-key")).Trim());
        return client;
    }

    /// <summary>Kills host and app at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        using var handler = Process.GetProcessById(HandlerId!.Value);
        Process.Kill();
        handler.Kill();
        await Process.WaitForExitAsync();
        await handler.WaitForExitAsync();
    }

    /// <summary>Waits for its own end.</summary>
    public async Task<int> WaitForExitAsync()
    {
        await Process.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);
        return Process.ExitCode;
    }

    /// <summary>Ends it as Ctrl-C does.</summary>
    public async Task<int> StopAsync()
    {
        using var asking = Process.Start("kill", ["-INT", Process.Id.ToString(CultureInfo.InvariantCulture)]);
        await asking.WaitForExitAsync();
        return await WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited)
            await StopAsync();
        Process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (_output)
            _output.Add(line ?? "");
        if (line?.Contains("Moderato is up", StringComparison.Ordinal) is true)
            _up.TrySetResult();
        else if (line is null)
            _up.TrySetException(new InvalidOperationException($"up ended:\n{Output}"));
    }
}
