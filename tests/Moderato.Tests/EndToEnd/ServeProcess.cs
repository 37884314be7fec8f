using System.Diagnostics;
using System.Globalization;
using Moderato.Tests.Support;

namespace Moderato.Tests.EndToEnd;

/// <summary><c>Moderato.Local serve</c> as a server's service or a container runs it: settings from the environment, ended by SIGTERM.</summary>
internal sealed class ServeProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServeProcess(Process process, int port)
    {
        (_process, Port) = (process, port);
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Port { get; }

    public string Output
    {
        get
        {
            lock (_output)
                return string.Join('\n', _output);
        }
    }

    /// <summary>Starts it and waits until it is up.</summary>
    public static async Task<ServeProcess> StartAsync(IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var port = FreePort.Take();
        var serve = new ServeProcess(Start(settings, ["serve", "--port", port.ToString(CultureInfo.InvariantCulture), .. arguments]), port);
        await serve._up.Task.WaitAsync(Patience, TimeProvider.System);
        return serve;
    }

    /// <summary>Runs the program with arguments with which it ends by itself.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        using var process = Start(settings, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Ends it as systemd and container engines do.</summary>
    public async Task<int> StopAsync()
    {
        using var asking = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await asking.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await StopAsync();
        _process.Dispose();
    }

    private static Process Start(IReadOnlyDictionary<string, string> settings, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [UpProcess.Program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // As the images of ASP.NET Core set it: the app must not take the host's port for it.
        start.Environment["ASPNETCORE_HTTP_PORTS"] = "8080";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private void Keep(string? line)
    {
        lock (_output)
            _output.Add(line ?? "");
        if (line?.StartsWith("Moderato is up", StringComparison.Ordinal) is true)
            _up.TrySetResult();
        else if (line is null)
            _up.TrySetException(new InvalidOperationException($"serve ended:\n{Output}"));
    }
}
