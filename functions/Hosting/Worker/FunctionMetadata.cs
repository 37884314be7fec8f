using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moderato.Hosting.Worker;

/// <summary>
/// Writes what the Functions host reads: one folder per function with a function.json, made from the attributes so that the two
/// cannot disagree. Format: Azure Functions' function.json, as its host reads it for custom handlers.
/// </summary>
internal static class FunctionMetadata
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Makes the folders and takes away those of functions that are no more.</summary>
    public static void Write(IEnumerable<FunctionDescriptor> functions, string folder)
    {
        // Only folders directly below: a function.json anywhere else is not ours, and the folder itself must survive one.
        foreach (var stale in Directory.GetDirectories(folder).Where(f => File.Exists(Path.Combine(f, "function.json"))))
            Directory.Delete(stale, recursive: true);

        foreach (var function in functions)
        {
            var place = Directory.CreateDirectory(Path.Combine(folder, function.Name));
            File.WriteAllText(Path.Combine(place.FullName, "function.json"), Describe(function).ToJsonString(Indented) + "\n");
        }
    }

    /// <summary>The function.json of one function.</summary>
    public static JsonObject Describe(FunctionDescriptor function)
    {
        var name = function.TriggerParameter.Name!;
        JsonArray bindings = function.Trigger switch
        {
            HttpTriggerAttribute http => [Http(function, http, name), new JsonObject { ["type"] = "http", ["direction"] = "out", ["name"] = "$return" }],
            QueueTriggerAttribute queue => [Queue(queue, name)],
            TimerTriggerAttribute timer => [Timer(timer, name)],
            var other => throw new InvalidOperationException($"{function.Name} has an unknown trigger {other.GetType().Name}."),
        };
        return new JsonObject { ["bindings"] = bindings };
    }

    private static JsonObject Http(FunctionDescriptor function, HttpTriggerAttribute http, string name)
    {
        var binding = Trigger("httpTrigger", name);
        binding["authLevel"] = JsonNamingPolicy.CamelCase.ConvertName(http.AuthLevel.ToString());
        if (http.Methods is { Length: > 0 } methods)
            binding["methods"] = new JsonArray([.. methods.Select(m => (JsonNode)m)]);
        binding["route"] = FunctionCatalog.RouteOf(function, http);
        return binding;
    }

    private static JsonObject Queue(QueueTriggerAttribute queue, string name)
    {
        var binding = Trigger("queueTrigger", name);
        binding["queueName"] = queue.QueueName;
        binding["connection"] = queue.Connection ?? "AzureWebJobsStorage";
        return binding;
    }

    private static JsonObject Timer(TimerTriggerAttribute timer, string name)
    {
        var binding = Trigger("timerTrigger", name);
        binding["schedule"] = timer.Schedule;
        binding["useMonitor"] = timer.UseMonitor;
        if (timer.RunOnStartup)
            binding["runOnStartup"] = true;
        return binding;
    }

    private static JsonObject Trigger(string type, string name) => new() { ["type"] = type, ["direction"] = "in", ["name"] = name };
}
