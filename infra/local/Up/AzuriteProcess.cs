using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Moderato.Local.Up;

/// <summary>
/// The storage emulator, on its well-known ports if they are free, so that storage explorers find it. It ends, and saves its data,
/// when its standard input does (see azurite.js): with this process, even where that is killed.
/// </summary>
internal sealed class AzuriteProcess : IAsyncDisposable
{
    /// <summary>The emulator's published account; not a secret. Source: Azurite's documentation.</summary>
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private const int FirstPort = 10_000;

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly TimeProvider _time;

    private AzuriteProcess(Process process, IReadOnlyDictionary<string, string> addresses, TimeProvider time)
    {
        (_process, _time) = (process, time);
        ConnectionString = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
            + string.Concat(addresses.Select(a => $"{a.Key}Endpoint={a.Value}/{Account};"));
    }

    public string ConnectionString { get; }

    /// <exception cref="Host.LocalHostException">It ended before it was up.</exception>
    public static async Task<AzuriteProcess> StartAsync(string localFolder, string dataFolder, TimeProvider time, CancellationToken cancellationToken)
    {
        var pidFile = Path.Combine(dataFolder, "azurite.pid");
        await WaitForLeftoverAsync(pidFile, time, cancellationToken);
        var ports = Enumerable.Range(FirstPort, 3).All(IsFree) ? Enumerable.Range(FirstPort, 3).ToArray() : [0, 0, 0];
        var start = new ProcessStartInfo("node")
        {
            UseShellExecute = false,
            WorkingDirectory = localFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            "azurite.js", "--location", dataFolder, "--silent", "--skipApiVersionCheck", "--disableTelemetry",
            "--blobPort", Text(ports[0]), "--queuePort", Text(ports[1]), "--tablePort", Text(ports[2]),
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        var process = Process.Start(start) ?? throw new Host.LocalHostException("node did not start.");
        await File.WriteAllTextAsync(pidFile, Text(process.Id), cancellationToken);
        var addresses = await ReadAddressesAsync(process).WaitAsync(StartPatience, time, cancellationToken);
        return new AzuriteProcess(process, addresses, time);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(StopPatience, _time);
        await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    /// <summary>After a kill the emulator of before is still saving this folder's data: two at once would spoil it.</summary>
    private static async Task WaitForLeftoverAsync(string pidFile, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!File.Exists(pidFile) || !int.TryParse(await File.ReadAllTextAsync(pidFile, cancellationToken), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return;
        try
        {
            using var leftover = Process.GetProcessById(id);
            if (leftover.ProcessName == "node")
                await leftover.WaitForExitAsync(cancellationToken).WaitAsync(StopPatience, time, cancellationToken);
        }
        catch (ArgumentException)
        {
            // It is gone.
        }
        catch (TimeoutException)
        {
            throw new Host.LocalHostException($"Process {id} still uses this data folder's storage. End it, or name another folder with --data.");
        }
    }

    /// <summary>It says where each of its three services listens.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> ReadAddressesAsync(Process process)
    {
        const string before = "Azurite ";
        const string between = " service is successfully listening at ";
        var addresses = new Dictionary<string, string>();
        var said = new List<string>();
        while (addresses.Count < 3)
        {
            var line = await process.StandardOutput.ReadLineAsync();
            if (line is null)
                throw new Host.LocalHostException(
                    $"The storage emulator ended before it was up:{Environment.NewLine}{string.Join(Environment.NewLine, said)}{Environment.NewLine}{await process.StandardError.ReadToEndAsync()}");
            said.Add(line);
            if (line.Split(between) is [var service, var address] && service.StartsWith(before, StringComparison.Ordinal))
                addresses[service[before.Length..]] = address;
        }
        // Nobody reads on, so nothing may be kept back: both streams are emptied.
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
        return addresses;
    }

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

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
