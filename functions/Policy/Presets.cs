namespace Moderato.Policy;

/// <summary>Ready policies with guidelines and templates, in Italian and English.</summary>
public static class Presets
{
    public const string PolicyFile = "policy.yaml";

    private const string Prefix = "Moderato.Policy.Presets/";

    /// <summary>Their names: association, publisher, shop…</summary>
    public static IReadOnlyList<string> Names { get; } = [.. EmbeddedText.Names(Prefix).Select(n => n[Prefix.Length..].Split('/')[0]).Distinct()];

    public static IReadOnlyList<string> FilesOf(string name) => [.. EmbeddedText.Names($"{Prefix}{name}/").Select(n => n[(Prefix.Length + name.Length + 1)..])];

    /// <exception cref="InvalidOperationException">There is no such file.</exception>
    public static string Read(string name, string file) => EmbeddedText.Read($"{Prefix}{name}/{file}");
}
