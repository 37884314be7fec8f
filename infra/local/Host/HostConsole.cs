using System.Globalization;
using System.Text.RegularExpressions;

namespace Moderato.Local.Host;

/// <summary>One line for each thing that happens: when, who, what. Never what a message or a body says.</summary>
public sealed partial class HostConsole(TextWriter output, TimeProvider time)
{
    private readonly Lock _lock = new();

    /// <summary>While true, only what went wrong is said.</summary>
    public bool IsQuiet { get; set; }

    public void Say(string who, string what)
    {
        var now = TimeZoneInfo.ConvertTime(time.GetUtcNow(), time.LocalTimeZone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        lock (_lock)
            output.WriteLine($"{now}  {who,-18}  {what}");
    }

    /// <summary>A line of the handler's own log, in .NET's one-line console format: <c>info: Room.Class[id] message</c>.</summary>
    public void Pass(string line)
    {
        var parts = LogLine().Match(line);
        if (!parts.Success)
            Say("app", line);
        else if (parts.Groups["level"].Value != "info")
            Say(parts.Groups["class"].Value, $"{parts.Groups["level"].Value}: {parts.Groups["message"].Value}");
        else if (!IsQuiet)
            Say(parts.Groups["class"].Value, parts.Groups["message"].Value);
    }

    [GeneratedRegex(@"^(?<level>trce|dbug|info|warn|fail|crit): ([\w.]+\.)?(?<class>\w+)\[-?\d+\] (?<message>.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LogLine();
}
