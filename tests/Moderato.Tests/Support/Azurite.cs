using System.Collections.Concurrent;
using System.Diagnostics;
using Moderato.Storage.Tables;

namespace Moderato.Tests.Support;

/// <summary>
/// The storage emulator. <see cref="SharedAsync"/> gives the one of this test run, in memory, started by the first test that asks:
/// all tests use it at the same time, so each works on tables and queues with names of its own.
/// </summary>
/// <remarks>
/// It ends when its standard input does (see infra/local/azurite.js), so with the process of the tests, even where that is killed.
/// </remarks>
public sealed class Azurite : IAsyncDisposable
{
    public const string Account = "devstoreaccount1";

    /// <summary>Short, since the emulator is told of it once an account, all in one variable of its environment.</summary>
    public const string Key = "dGhlIHRlc3RzJyBvd24ga2V5";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    /// <summary>How many accounts the shared emulators have: each test that works on the product's own tables takes the next one.</summary>
    private const int Accounts = 2_000;

    private static int _accountsTaken;

    /// <summary>Two, since an emulator uses one core, and is what the tests wait for most.</summary>
    private static readonly Lazy<Task<Azurite>>[] Shared =
        [.. Enumerable.Range(0, 2).Select(_ => new Lazy<Task<Azurite>>(() => StartAsync("--inMemoryPersistence")))];

    // Also keeps the pipe to its standard input from being collected.
    private readonly Process _process;

    private Azurite(Process process, string queueAddress, string tableAddress)
    {
        _process = process;
        QueueEndpoint = new Uri($"{queueAddress}/{Account}");
        TableEndpoint = new Uri($"{tableAddress}/{Account}");
    }

    public Uri QueueEndpoint { get; }

    public Uri TableEndpoint { get; }

    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};QueueEndpoint={QueueEndpoint};TableEndpoint={TableEndpoint};";

    public static Task<Azurite> SharedAsync() => Shared[0].Value;

    /// <summary>An account of a shared emulator that no other test has: its tables and queues are empty.</summary>
    public static async Task<string> NewAccountAsync()
    {
        var number = Interlocked.Increment(ref _accountsTaken);
        if (number > Accounts)
            throw new InvalidOperationException($"More than {Accounts} tests want an account of their own: raise the number.");
        return (await Shared[number % Shared.Length].Value).ConnectionString.Replace(Account, NameOf(number), StringComparison.Ordinal);
    }

    private static string NameOf(int account) => $"account{account.ToString("d4", System.Globalization.CultureInfo.InvariantCulture)}";

    /// <summary>Letters and digits only, good for a table and a queue alike.</summary>
    public static string UniqueName(string prefix = "t") => $"{prefix}{Guid.NewGuid():N}";

    /// <summary>A new, empty table of the shared emulator.</summary>
    public static async Task<TableClient> CreateTableAsync(TableClientOptions? options = null)
    {
        var azurite = await SharedAsync();
        var table = new TableServiceClient(azurite.ConnectionString, options).GetTableClient(UniqueName());
        await table.CreateAsync();
        return table;
    }

    /// <summary>An emulator of one's own, on free ports.</summary>
    /// <param name="arguments">Where its data is: <c>--inMemoryPersistence</c>, or <c>--location</c> and a folder.</param>
    public static async Task<Azurite> StartAsync(params string[] arguments)
    {
        var folder = Path.Combine(Repository.Root, "infra", "local");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "azurite")))
        {
            throw new InvalidOperationException("The storage emulator is not installed: run ./tests/run, or npm ci in infra/local.");
        }

        var start = new ProcessStartInfo("node")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["AZURITE_ACCOUNTS"] =
            string.Join(';', Enumerable.Range(1, Accounts).Select(NameOf).Prepend(Account).Select(name => $"{name}:{Key}"));
        string[] fixedArguments =
            ["azurite.js", "--silent", "--skipApiVersionCheck", "--disableTelemetry", "--blobPort", "0", "--queuePort", "0", "--tablePort", "0"];
        foreach (var argument in fixedArguments.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        var addresses = await ReadAddressesAsync(process).WaitAsync(Patience, TimeProvider.System);
        return new Azurite(process, addresses["Queue"], addresses["Table"]);
    }

    /// <summary>Closes its standard input and waits until it has saved its data and is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);
        _process.Dispose();
    }

    /// <summary>It says where each of its services listens; when the last one does, it is ready.</summary>
    private static async Task<Dictionary<string, string>> ReadAddressesAsync(Process process)
    {
        const string Before = "Azurite ";
        const string Between = " service is successfully listening at ";

        var addresses = new Dictionary<string, string>();
        var output = new ConcurrentQueue<string>();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, e) => output.Enqueue(e.Data ?? "");
        process.OutputDataReceived += (_, e) =>
        {
            output.Enqueue(e.Data ?? "");
            if (e.Data is null)
            {
                ready.TrySetException(new InvalidOperationException($"The storage emulator ended:\n{string.Join('\n', output)}"));
            }
            else if (e.Data.Split(Between) is [var service, var address])
            {
                addresses[service[Before.Length..]] = address;
                if (addresses.Count == 3)
                {
                    ready.TrySetResult();
                }
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await ready.Task;
        return addresses;
    }
}
