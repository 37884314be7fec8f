using System.Globalization;

namespace Moderato.Local.Hosting;

/// <summary>
/// Writes what the host does: a line per event with the time of day, who, and what became of it. Ids, counts and durations only;
/// what a message or request holds never comes here.
/// </summary>
internal sealed class HostConsole(TextWriter output, TimeProvider time)
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

    /// <summary>A line that the handler wrote itself.</summary>
    public void Handler(string line)
    {
        if (!IsQuiet)
            Write($"          | {line}");
    }

    public static string Milliseconds(TimeSpan taken) => string.Create(CultureInfo.InvariantCulture, $"{taken.TotalMilliseconds:0} ms");

    public static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#} s");

    private void Write(string line)
    {
        lock (_writing)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }
}
