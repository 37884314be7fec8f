namespace Moderato.Local.Host;

/// <summary>The local host cannot go on. The message is a sentence for whoever started it; several problems are on lines of their own.</summary>
public sealed class LocalHostException : Exception
{
    public LocalHostException(string message)
        : base(message)
    {
    }

    public LocalHostException(IEnumerable<string> problems)
        : base(string.Join(Environment.NewLine, problems))
    {
    }
}
