using System.Diagnostics;
using Moderato.Storage.Tables;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Deployment;

/// <summary>infra/azure/tables.mjs: what comes back is what was there, each column in its type.</summary>
public sealed class TablesBackupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("moderato-backup-").FullName;

    private string Backup => Path.Combine(_folder, "backup");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task EveryRowComesBackWithItsTypes()
    {
        var (from, into) = (await Azurite.NewAccountAsync(), await Azurite.NewAccountAsync());
        var rows = Rows();
        await FillAsync(from, "kinds", rows);
        // More than storage gives in one answer.
        await FillAsync(from, "many", [.. Enumerable.Range(0, 1_050).Select(i => new TableEntity("p", i.ToString("d5", null)) { ["Number"] = (long)i })]);
        await FillAsync(from, "empty", []);

        Assert.Equal((0, "empty: 0 rows\nkinds: 3 rows\nmany: 1050 rows\n"), await RunAsync(from, "backup", AccountOf(from), Backup));
        Assert.Equal((0, "empty: 0 rows\nkinds: 3 rows\nmany: 1050 rows\n"), await RunAsync(into, "restore", AccountOf(into), Backup));

        Assert.Empty(await ReadAsync(into, "empty"));
        foreach (var table in new[] { "kinds", "many" })
            Assert.Equal((await ReadAsync(from, table)).Select(Written), (await ReadAsync(into, table)).Select(Written));
        var back = (await ReadAsync(into, "kinds")).Single(r => r.RowKey == "every type");
        foreach (var (name, value) in rows[0].Where(c => c.Key is not ("PartitionKey" or "RowKey")))
            Assert.Equal(value, back[name]);
    }

    [Fact]
    public async Task OneTableComesBackAndReplacesWhatIsThere()
    {
        var (from, into) = (await Azurite.NewAccountAsync(), await Azurite.NewAccountAsync());
        await FillAsync(from, "one", [new TableEntity("p", "r") { ["Text"] = "then" }]);
        await FillAsync(from, "two", [new TableEntity("p", "r") { ["Text"] = "then" }]);
        await RunAsync(from, "backup", AccountOf(from), Backup);
        await FillAsync(into, "one", [new TableEntity("p", "r") { ["Text"] = "since", ["More"] = 1 }, new TableEntity("p", "s") { ["Text"] = "since" }]);

        Assert.Equal((0, "one: 1 rows\n"), await RunAsync(into, "restore", AccountOf(into), Backup, "one"));

        await Assert.ThrowsAsync<Azure.RequestFailedException>(() => ReadAsync(into, "two"));
        Assert.Equal(["PartitionKey=p;RowKey=r;Text=String then", "PartitionKey=p;RowKey=s;Text=String since"], (await ReadAsync(into, "one")).Select(Written));
    }

    [Fact]
    public async Task ABackupThatIsNotWholeIsRefused()
    {
        var account = await Azurite.NewAccountAsync();
        await FillAsync(account, "one", [new TableEntity("p", "r"), new TableEntity("p", "s")]);
        await RunAsync(account, "backup", AccountOf(account), Backup);

        Assert.Equal((1, $"{Backup} is not empty; a backup wants a folder of its own.\n"), await RunAsync(account, "backup", AccountOf(account), Backup));
        Assert.Equal((1, "The backup has no table three; it has one.\n"), await RunAsync(account, "restore", AccountOf(account), Backup, "three"));
        var file = Path.Combine(Backup, "one.ndjson");
        await File.WriteAllLinesAsync(file, (await File.ReadAllLinesAsync(file)).Take(1));
        Assert.Equal((1, "one: 1 rows\none had 2 rows when it was backed up; the file is not whole.\n"), await RunAsync(account, "restore", AccountOf(account), Backup));
        File.Delete(Path.Combine(Backup, "backup.json"));
        Assert.Equal((1, $"{Backup} has no backup.json: no backup was finished there.\n"), await RunAsync(account, "restore", AccountOf(account), Backup));
    }

    [Theory]
    [InlineData]
    [InlineData("backup")]
    [InlineData("backup", "account")]
    [InlineData("backup", "account", "folder", "table")]
    [InlineData("copy", "account", "folder")]
    public async Task AWrongCallIsExplained(params string[] arguments)
    {
        var (exitCode, said) = await RunAsync("", arguments);

        Assert.Equal(2, exitCode);
        Assert.StartsWith("Usage: node infra/azure/tables.mjs backup ACCOUNT FOLDER", said, StringComparison.Ordinal);
    }

    private static TableEntity[] Rows() =>
    [
        new("partition", "every type")
        {
            ["Text"] = "È \"così\"; {a: [1, 2]}, \\ 'x'\n\u2028😀",
            ["Empty"] = "",
            ["Number"] = int.MinValue,
            ["Long"] = long.MaxValue,
            ["Double"] = 0.1,
            ["WholeDouble"] = 3.0,
            ["NotANumber"] = double.NaN,
            ["Infinite"] = double.NegativeInfinity,
            ["Yes"] = true,
            ["At"] = new DateTimeOffset(2026, 11, 20, 7, 8, 9, TimeSpan.Zero).AddTicks(1_234_567),
            ["Id"] = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"),
            ["Bytes"] = new byte[] { 0, 1, 254, 255 },
        },
        new("with 'quotes' & spaces", "100 %, ünï=code+plus"),
        new("", "")
        {
            ["Timestamps"] = "not the service's own",
        },
    ];

    private static async Task FillAsync(string connectionString, string table, IReadOnlyList<TableEntity> rows)
    {
        var client = new TableServiceClient(connectionString).GetTableClient(table);
        await client.CreateAsync();
        foreach (var some in rows.GroupBy(r => r.PartitionKey).SelectMany(g => g.Chunk(100)))
            await client.SubmitTransactionAsync(some.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)));
    }

    private static async Task<IReadOnlyList<TableEntity>> ReadAsync(string connectionString, string table) =>
        await new TableServiceClient(connectionString).GetTableClient(table).QueryAsync<TableEntity>("").ToListAsync();

    /// <summary>A row as text, with types and without what the service itself puts there.</summary>
    private static string Written(TableEntity row) => string.Join(';', row.Where(c => c.Key is not ("Timestamp" or "odata.etag")).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c =>
        c.Key is "PartitionKey" or "RowKey" ? $"{c.Key}={c.Value}" : $"{c.Key}={c.Value!.GetType().Name} {(c.Value is byte[] bytes ? Convert.ToHexString(bytes) : (c.Value is DateTimeOffset at ? at.ToString("O", null) : Convert.ToString(c.Value, System.Globalization.CultureInfo.InvariantCulture)))}"));

    private static string AccountOf(string connectionString) => connectionString.Split(';').Single(p => p.StartsWith("AccountName=", StringComparison.Ordinal))["AccountName=".Length..];

    private static async Task<(int ExitCode, string Said)> RunAsync(string connectionString, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(Repository.Root, "infra", "azure", "tables.mjs"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AZURE_STORAGE_CONNECTION_STRING"] = connectionString },
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync() + await error;
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }
}
