using System.Globalization;
using System.Text.RegularExpressions;

namespace Moderato.Local.Hosting;

/// <summary>
/// Writes what the host does: a line per event with the time of day, who, and what became of it. Ids, counts and durations only;
/// what a message or request holds never comes here.
/// </summary>
internal sealed partial class HostConsole(TextWriter output, bool wholeLogLines, TimeProvider time)
{
    private readonly Lock _writing = new();

    /// <summary>While true, only <see cref="Trouble"/> is written.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>Something went as it should.</summary>
    public void Event(string who, string what)
    {
        if (!IsQuiet)
            Trouble(who, what);
    }

    /// <summary>Something did not.</summary>
    public void Trouble(string who, string what) => Write($"{time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture)}  {who}  {what}");

    /// <summary>
    /// A line that the handler wrote itself. Of .NET's one-line log format, <c>info: Room.Class[id] message</c>, the message is enough:
    /// the lines around say which function ran.
    /// </summary>
    public void Handler(string line)
    {
        if (wholeLogLines)
        {
            Write(line);
            return;
        }

        var log = LogLine().Match(line);
        var isInformation = log.Groups["level"].Value == "info";
        if (!IsQuiet || (log.Success && !isInformation))
            Write("          | " + (isInformation ? log.Groups["message"].Value : line));
    }

    public static string Milliseconds(TimeSpan taken) => string.Create(CultureInfo.InvariantCulture, $"{taken.TotalMilliseconds:0} ms");

    public static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#} s");

    [GeneratedRegex(@"^(?<level>[a-z]{4}): [\w.]+\[-?\d+\] (?<message>.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LogLine();

    private void Write(string line)
    {
        lock (_writing)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }
}
