using System.Text.Json;
using System.Text.Json.Nodes;
using Moderato.Hosting;
using Moderato.Hosting.Worker;
using Moderato.Storage;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Handler;

/// <summary>What publishing made, held against the code.</summary>
public sealed class MetadataTests
{
    private static readonly IReadOnlyList<FunctionDescriptor> Functions = FunctionCatalog.Of(typeof(TableSet).Assembly);

    [Fact]
    public void EveryFunctionHasItsFolderAndNoFolderIsLeftOver()
    {
        var folders = Directory.GetFiles(PublishedApp.Folder, "function.json", SearchOption.AllDirectories).Select(f => Path.GetFileName(Path.GetDirectoryName(f)!));
        Assert.Equal(Functions.Select(f => f.Name).Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryFolderSaysWhatTheAttributesSay()
    {
        foreach (var function in Functions)
        {
            var written = JsonNode.Parse(File.ReadAllText(Path.Combine(PublishedApp.Folder, function.Name, "function.json")));
            Assert.True(JsonNode.DeepEquals(FunctionMetadata.Describe(function), written), $"{function.Name}/function.json differs from its attributes.");
        }
    }

    /// <summary>The metadata's own shape, spelt out once, so that the generator cannot agree with itself in error.</summary>
    [Theory]
    [InlineData("ModerateComments", """{"bindings":[{"type":"queueTrigger","direction":"in","name":"message","queueName":"comments","connection":"AzureWebJobsStorage"}]}""")]
    [InlineData("ParkComments", """{"bindings":[{"type":"queueTrigger","direction":"in","name":"message","queueName":"comments-poison","connection":"AzureWebJobsStorage"}]}""")]
    [InlineData("SweepComments", """{"bindings":[{"type":"timerTrigger","direction":"in","name":"timer","schedule":"0 */2 * * * *","useMonitor":true}]}""")]
    [InlineData("ReceiveWebhook", """{"bindings":[{"type":"httpTrigger","direction":"in","name":"request","authLevel":"anonymous","methods":["get","post"],"route":"webhooks/{platform}/{source}"},{"type":"http","direction":"out","name":"$return"}]}""")]
    public void TheHostReadsThis(string function, string expected)
    {
        var written = JsonNode.Parse(File.ReadAllText(Path.Combine(PublishedApp.Folder, function, "function.json")));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), written));
    }

    [Fact]
    public void HostJsonStartsTheExecutableThatIsThere()
    {
        using var host = JsonDocument.Parse(File.ReadAllText(Path.Combine(PublishedApp.Folder, "host.json")));
        var handler = host.RootElement.GetProperty("customHandler");
        Assert.True(handler.GetProperty("enableForwardingHttpRequest").GetBoolean());
        var executable = Path.Combine(PublishedApp.Folder, handler.GetProperty("description").GetProperty("defaultExecutablePath").GetString()!);
        Assert.True(File.Exists(executable));
        Assert.True(File.GetUnixFileMode(executable).HasFlag(UnixFileMode.UserExecute));
        Assert.True(File.Exists(Path.Combine(PublishedApp.Folder, "libcoreclr.so")), "The app brings its own runtime.");
    }

    [Fact]
    public void NoTrainingDataAndNoSettingsAreShipped()
    {
        var files = Directory.GetFiles(PublishedApp.Folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName).ToList();
        Assert.DoesNotContain("local.settings.json", files);
        Assert.DoesNotContain(files, f => f!.EndsWith(".tsv", StringComparison.Ordinal));
    }
}
