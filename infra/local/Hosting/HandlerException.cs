namespace Moderato.Local.Hosting;

/// <summary>The handler ended without ever answering: again and again, or because its settings are wrong.</summary>
/// <param name="starts">How often it was started.</param>
/// <param name="wrongSettings">Whether it ended with code 2, which says that starting it again is of no use.</param>
/// <param name="lastLines">What it wrote last.</param>
public sealed class HandlerException(int starts, bool wrongSettings, IReadOnlyList<string> lastLines)
    : Exception(wrongSettings ? "Its settings are wrong." : $"The handler was started {starts} times and never answered.")
{
    public bool WrongSettings { get; } = wrongSettings;

    public IReadOnlyList<string> LastLines { get; } = lastLines;
}
