namespace Moderato.Local.Up;

/// <summary>What <c>infra/local/up</c> was asked for.</summary>
/// <param name="Repository">The repository's root.</param>
/// <param name="App">The published app.</param>
/// <param name="Data">The data folder.</param>
/// <param name="Port">The port on 127.0.0.1.</param>
/// <param name="Reset">Whether the data folder is emptied first.</param>
/// <param name="Demo">Whether the demo is played once everything is up.</param>
/// <param name="Once">Whether everything ends after the demo.</param>
internal sealed record UpOptions(string Repository, string App, string Data, int Port, bool Reset, bool Demo, bool Once);
