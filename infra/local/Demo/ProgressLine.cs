namespace Moderato.Local.Demo;

/// <summary>Says what is going on: a line rewritten in place on a terminal, a new line every few seconds elsewhere.</summary>
/// <param name="output">Where to write.</param>
/// <param name="onTerminal">Whether a carriage return takes the line back.</param>
/// <param name="time">Measures the rest between lines.</param>
internal sealed class ProgressLine(TextWriter output, bool onTerminal, TimeProvider time)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private bool _open;
    private int _written;
    private long? _lastLine;

    /// <summary>Opens a step: <c>Sending 12 comments… </c></summary>
    public void Begin(string step)
    {
        lock (_gate)
        {
            output.Write($"{step}… ");
            _open = true;
            output.Flush();
        }
    }

    /// <summary>Ends the step that is open.</summary>
    public void End(string result)
    {
        lock (_gate)
        {
            CloseRewritten();
            output.WriteLine(_open ? result : $"  {result}");
            _open = false;
        }
    }

    /// <summary>Something worth a line of its own in the middle of a step.</summary>
    public void Note(string text)
    {
        lock (_gate)
        {
            CloseRewritten();
            if (_open) output.WriteLine();
            _open = false;
            output.WriteLine($"  {text}");
        }
    }

    /// <summary>The present state of a step that takes long.</summary>
    public void Show(string state)
    {
        lock (_gate)
        {
            if (onTerminal)
            {
                Rewrite(state);
            }
            else if (_lastLine is not { } last || time.GetElapsedTime(last) >= Rest)
            {
                _lastLine = time.GetTimestamp();
                output.WriteLine(state);
            }
        }
    }

    /// <summary>The last state of a step that took long.</summary>
    public void ShowLast(string state)
    {
        lock (_gate)
        {
            if (onTerminal) Rewrite(state);
            else output.WriteLine(state);
            CloseRewritten();
        }
    }

    private void Rewrite(string state)
    {
        output.Write("\r" + state.PadRight(_written));
        output.Flush();
        _written = state.Length;
    }

    private void CloseRewritten()
    {
        if (_written == 0) return;
        output.WriteLine();
        _written = 0;
    }
}
