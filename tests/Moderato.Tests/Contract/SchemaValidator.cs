using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moderato.Tests.Support;

namespace Moderato.Tests.Contract;

/// <summary>Holds values against JSON Schemas with Ajv, in a process of its own that ends when its input does.</summary>
public sealed class SchemaValidator : IAsyncDisposable
{
    private readonly Process _node;
    private readonly SemaphoreSlim _turn = new(1);

    private SchemaValidator(Process node) => _node = node;

    /// <param name="document">The OpenAPI document whose schemas are referred to.</param>
    public static async Task<SchemaValidator> StartAsync(JsonNode document)
    {
        var start = new ProcessStartInfo("node")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.Combine(Repository.Root, "infra", "local"),
        };
        start.ArgumentList.Add(Path.Combine(Repository.Root, "tests", "Moderato.Tests", "Contract", "validate.js"));
        var validator = new SchemaValidator(Process.Start(start) ?? throw new InvalidOperationException("node did not start."));
        await validator.AskAsync(document);
        return validator;
    }

    /// <summary>What is wrong with a value; null for nothing.</summary>
    public Task<string?> WrongAsync(JsonNode schema, JsonNode? value) => AskAsync(new JsonObject { ["schema"] = schema.DeepClone(), ["value"] = value?.DeepClone() });

    public async ValueTask DisposeAsync()
    {
        _node.StandardInput.Close();
        await _node.WaitForExitAsync();
        _node.Dispose();
        _turn.Dispose();
    }

    private async Task<string?> AskAsync(JsonNode line)
    {
        await _turn.WaitAsync();
        try
        {
            await _node.StandardInput.WriteLineAsync(line.ToJsonString());
            var answer = await _node.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The validator ended; its reason is on standard error.");
            return JsonSerializer.Deserialize<string?>(answer);
        }
        finally
        {
            _turn.Release();
        }
    }
}
