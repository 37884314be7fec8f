using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Moderato.Local.Hosting;

/// <summary>The app settings: environment variables of the handler, and what <c>%Name%</c> in a binding stands for.</summary>
internal sealed partial class Settings
{
    private readonly Dictionary<string, string> _values;

    private Settings(Dictionary<string, string> values) => _values = values;

    public IReadOnlyDictionary<string, string> Values => _values;

    /// <param name="files">Files like local.settings.json; those that do not exist are skipped. A later one wins.</param>
    /// <param name="overriding">Wins over all files.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public static Settings Read(IEnumerable<string> files, IReadOnlyDictionary<string, string> overriding, List<string> problems)
    {
        var values = new Dictionary<string, string>();
        foreach (var path in files.Where(File.Exists))
        {
            if (JsonFile.Read(path, Path.GetFileName(path), problems) is not { } file)
                continue;
            if (file.Flag("IsEncrypted") is true)
                file.Report("IsEncrypted", "must be false: there is nothing here to decrypt it with.");
            foreach (var (name, value) in file.TextsByName("Values"))
                values[name] = value;
        }

        foreach (var (name, value) in overriding)
            values[name] = value;
        return new Settings(values);
    }

    /// <summary>The same as the app reads them: <c>__</c> in a name begins a part of it.</summary>
    public IConfiguration ToConfiguration() => new ConfigurationBuilder()
        .AddInMemoryCollection(_values.ToDictionary(v => v.Key.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), v => (string?)v.Value))
        .Build();

    public string? Find(string name) => _values.GetValueOrDefault(name);

    /// <summary>Replaces each <c>%Name%</c> by the setting of that name.</summary>
    /// <returns>Null if a setting is missing; it is reported.</returns>
    public string? Resolve(string text, JsonFile file, string field)
    {
        var missing = References().Matches(text).Select(m => m.Groups["name"].Value).FirstOrDefault(name => !_values.ContainsKey(name));
        if (missing is null)
            return References().Replace(text, m => _values[m.Groups["name"].Value]);
        file.Report(field, $"names the setting {missing}, which is not set.");
        return null;
    }

    [GeneratedRegex("%(?<name>[^%]+)%", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex References();
}
