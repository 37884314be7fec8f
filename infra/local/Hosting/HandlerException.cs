namespace Moderato.Local.Hosting;

/// <summary>The handler ended again and again without ever answering.</summary>
/// <param name="starts">How often it was started.</param>
/// <param name="lastLines">What it wrote last.</param>
public sealed class HandlerException(int starts, IReadOnlyList<string> lastLines)
    : Exception($"The handler was started {starts} times and never answered.")
{
    public IReadOnlyList<string> LastLines { get; } = lastLines;
}
