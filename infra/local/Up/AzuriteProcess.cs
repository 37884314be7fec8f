using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Moderato.Local.Hosting;

namespace Moderato.Local.Up;

/// <summary>The storage emulator. It ends by itself, saving its data, when its input is closed: so with the host, even a killed one.</summary>
internal sealed class AzuriteProcess : IAsyncDisposable
{
    private const string Account = "devstoreaccount1";

    /// <summary>Microsoft's well-known key of the emulator's account, the same on every machine.</summary>
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(20);
    /// <summary>The emulator's standard port for blobs; queues and tables have the next two.</summary>
    private const int FirstPort = 10000;

    private static readonly string[] Services = ["Blob", "Queue", "Table"];

    private readonly ChildProcess _process;
    private readonly PidFile _pidFile;
    private readonly TimeProvider _time;

    private AzuriteProcess(ChildProcess process, PidFile pidFile, IReadOnlyDictionary<string, string> addresses, TimeProvider time)
    {
        (_process, _pidFile, _time) = (process, pidFile, time);
        var endpoints = Services.Select(service => $"{service}Endpoint={addresses[service]}/{Account};");
        ConnectionString = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};{string.Concat(endpoints)}";
    }

    public string ConnectionString { get; }

    /// <summary>Starts it on the standard ports 10000 to 10002 if they are free, else on others.</summary>
    /// <param name="script">infra/local/azurite.js.</param>
    /// <param name="dataFolder">Keeps its data, in <c>azurite</c>.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="UpException">It does not start, or that of an earlier run does not end.</exception>
    public static async Task<AzuriteProcess> StartAsync(string script, string dataFolder, TimeProvider time)
    {
        var location = Path.Combine(dataFolder, "azurite");
        var pidFile = new PidFile(Path.Combine(dataFolder, "azurite.pid"), location);
        await WaitForEarlierAsync(pidFile, dataFolder, time);
        // Another run that starts at this moment may take the ports after they were seen free: then any others do.
        if (StandardPortsAreFree())
        {
            var (standard, _) = await TryStartAsync(script, location, pidFile, FirstPort, time);
            if (standard is not null)
                return standard;
        }
        var (azurite, output) = await TryStartAsync(script, location, pidFile, firstPort: null, time);
        return azurite ?? throw new UpException($"The storage emulator does not start:\n{string.Join('\n', output)}");
    }

    /// <summary>Lets it save its data and end.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.CloseInput();
        await _process.EndAsync(ExitPatience, _time);
        _process.Dispose();
        _pidFile.Delete();
    }

    /// <returns>The emulator, or null and what it wrote before it ended.</returns>
    private static async Task<(AzuriteProcess? Azurite, IReadOnlyCollection<string> Output)> TryStartAsync(
        string script, string location, PidFile pidFile, int? firstPort, TimeProvider time)
    {
        var output = new ConcurrentQueue<string>();
        var addresses = new ConcurrentDictionary<string, string>();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        string[] arguments = [
            script, "--silent", "--skipApiVersionCheck", "--disableTelemetry", "--location", location,
            .. Services.SelectMany((service, index) => new[] { $"--{service.ToLowerInvariant()}Port", Port(firstPort + index) }),
        ];
        var process = Start(new ProcessStartInfo("node", arguments), line =>
        {
            output.Enqueue(line);
            // "Azurite Queue service is successfully listening at http://127.0.0.1:10001"
            if (line.Split(" service is successfully listening at ") is [var service, var address])
                addresses[service["Azurite ".Length..]] = address;
            if (addresses.Count == Services.Length)
                ready.TrySetResult();
        });
        pidFile.Write(process.Id);
        var first = await Task.WhenAny(ready.Task, process.WaitForExitAsync(), Task.Delay(StartPatience, time));
        if (first == ready.Task)
            return (new AzuriteProcess(process, pidFile, addresses, time), output);

        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        return (null, output);
    }

    private static string Port(int? port) => (port ?? 0).ToString(CultureInfo.InvariantCulture);

    private static ChildProcess Start(ProcessStartInfo start, Action<string> onLine)
    {
        try
        {
            return ChildProcess.Start(start, onLine);
        }
        catch (Win32Exception problem)
        {
            throw new UpException($"Node cannot be started: {problem.Message}");
        }
    }

    /// <summary>After a kill it saves its data and ends within moments; two at once would spoil it.</summary>
    private static async Task WaitForEarlierAsync(PidFile pidFile, string dataFolder, TimeProvider time)
    {
        using var earlier = pidFile.FindRunning();
        if (earlier is null)
            return;
        try
        {
            await earlier.WaitForExitAsync().WaitAsync(ExitPatience, time);
        }
        catch (TimeoutException)
        {
            throw new UpException(
                string.Create(CultureInfo.InvariantCulture, $"The storage emulator of an earlier run (process {earlier.Id}) still uses {dataFolder}."));
        }
    }

    private static bool StandardPortsAreFree() => Enumerable.Range(FirstPort, Services.Length).All(IsFree);

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
