using System.Text.Json.Nodes;
using Moderato.Comments;
using Moderato.Local;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.EndToEnd;

/// <summary>The published app under the local host, with a message that nobody can judge.</summary>
public sealed class PoisonTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("moderato-poison-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AMessageThatFailsEveryTryEndsInTheDeadLettersAndHoldsNobodyUp()
    {
        await using var world = await World.CreateAsync();
        var queue = world.Queue(QueueNames.Comments);
        await queue.SendMessageAsync("no message of ours");
        var options = new LocalHostOptions
        {
            AppFolder = ImpatientApp(),
            DataFolder = Path.Combine(_folder, "data"),
            Port = 0,
            Settings = World.Settings().ToDictionary(s => s.Key.Replace(":", "__", StringComparison.Ordinal), s => s.Key == "AzureWebJobsStorage" ? world.ConnectionString : s.Value!),
        };
        await using (await Local.LocalHost.StartAsync(options))
        {
            await world.ReceiveAsync(world.Some());
            await UntilAsync(async () => (await world.RowsAsync(world.Tables.DeadLetters)).Count > 0 && (await world.OutcomesAsync()).Count > 0);
        }

        var letter = Assert.Single(await world.RowsAsync(world.Tables.DeadLetters));
        Assert.Equal("no message of ours"u8.ToArray(), letter.GetBinary("Message"));
        Assert.Single(await world.OutcomesAsync());
        Assert.Empty((await queue.PeekMessagesAsync()).Value);
        Assert.Empty((await world.Queue(QueueNames.PoisonComments).PeekMessagesAsync()).Value);
    }

    /// <summary>The published app, but for a host.json that lets what failed wait for a moment only.</summary>
    private string ImpatientApp()
    {
        var app = Directory.CreateDirectory(Path.Combine(_folder, "app")).FullName;
        foreach (var entry in new DirectoryInfo(PublishedApp.Folder).EnumerateFileSystemInfos().Where(e => e.Name != "host.json"))
        {
            var link = Path.Combine(app, entry.Name);
            if (entry is DirectoryInfo)
                Directory.CreateSymbolicLink(link, entry.FullName);
            else
                File.CreateSymbolicLink(link, entry.FullName);
        }
        var host = JsonNode.Parse(File.ReadAllText(Path.Combine(PublishedApp.Folder, "host.json")))!;
        host["extensions"]!["queues"]!["visibilityTimeout"] = "00:00:00.2";
        File.WriteAllText(Path.Combine(app, "host.json"), host.ToJsonString());
        return app;
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var i = 0; i < 600 && !await isSo(); i++)
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
    }
}
