using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moderato.Local.Timers;

/// <summary>What is remembered of a timer between runs, under the names that the Functions host uses.</summary>
/// <param name="Last">The scheduled time of the last run; the beginning of time before the first.</param>
/// <param name="Next">When it is due.</param>
/// <param name="LastUpdated">When this was written.</param>
internal sealed record TimerStatus(DateTimeOffset Last, DateTimeOffset Next, DateTimeOffset LastUpdated)
{
    public JsonObject ToJson() => JsonSerializer.SerializeToNode(this)!.AsObject();
}

/// <summary>One file per timer in the data folder's <c>timers</c>.</summary>
internal sealed class TimerStatusFile(string dataFolder, string function)
{
    private readonly string _path = Path.Combine(dataFolder, "timers", $"{function}.json");

    /// <returns>Null before the first time, and if the file was cut short.</returns>
    public async Task<TimerStatus?> ReadAsync()
    {
        if (!File.Exists(_path))
            return null;
        try
        {
            return JsonSerializer.Deserialize<TimerStatus>(await File.ReadAllBytesAsync(_path));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public async Task WriteAsync(TimerStatus status)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        // A host killed here leaves the old file or the new one.
        var fresh = $"{_path}.new";
        await File.WriteAllTextAsync(fresh, status.ToJson().ToJsonString());
        File.Move(fresh, _path, overwrite: true);
    }
}
