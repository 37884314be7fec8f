using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moderato.Storage;

namespace Moderato.Hosting;

/// <summary>The settings cannot be used. Every problem names its setting and what would be right.</summary>
public sealed class SettingsException(IReadOnlyList<string> problems)
    : Exception($"The settings have {problems.Count} problems:{Environment.NewLine}{string.Join(Environment.NewLine, problems)}")
{
    public IReadOnlyList<string> Problems => problems;
}

/// <summary>Registers what the settings come to.</summary>
public static class SettingsServices
{
    public const string Section = "Moderato";

    public static IServiceCollection AddSettings(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(_ => Read(configuration))
        .AddSingleton(provider => provider.GetRequiredService<Settings>().Communities)
        .AddSingleton(provider => provider.GetRequiredService<Settings>().Sources)
        .AddSingleton(provider => provider.GetRequiredService<Settings>().Webhooks)
        .AddSingleton(provider => provider.GetRequiredService<Settings>().Mail)
        .AddSingleton(provider => provider.GetRequiredService<Settings>().Address);

    /// <exception cref="SettingsException">Something is wrong with them.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var options = new ModeratoOptions();
        section.Bind(options);
        var (settings, wrong) = SettingsReader.Read(options, configuration["WEBSITE_HOSTNAME"]);
        List<string> problems = [.. Unknown(section, typeof(ModeratoOptions)), .. wrong, .. Unresolved(configuration), .. TelemetryServices.ProblemsWith(configuration)];
        if (StorageConnection.ProblemWith(configuration) is { } storage)
            problems.Add(storage);
        return settings is not null && problems.Count == 0 ? settings : throw new SettingsException(problems);
    }

    /// <summary>What Azure gives in place of a secret that the vault has not: who guessed the vault's name would know it.</summary>
    private static IEnumerable<string> Unresolved(IConfiguration configuration) => configuration.AsEnumerable()
        .Where(setting => setting.Value?.TrimStart().StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase) is true)
        .Select(setting => $"{setting.Key.Replace(":", "__", StringComparison.Ordinal)} is a reference to a vault that was not resolved; the vault must have that value, and the app must be allowed to read it.");

    /// <summary>Settings that nothing reads: most often a name with a letter wrong, whose silence would be believed to be consent.</summary>
    private static IEnumerable<string> Unknown(IConfigurationSection section, Type options)
    {
        if (options == typeof(string))
            return [];
        if (options.IsGenericType) // a list: its children are numbered
            return section.GetChildren().SelectMany(item => Unknown(item, options.GenericTypeArguments[0]));

        var known = options.GetProperties().ToDictionary(p => p.Name, p => p.PropertyType, StringComparer.OrdinalIgnoreCase);
        return section.GetChildren().SelectMany(child => known.TryGetValue(child.Key, out var type)
            ? Unknown(child, type)
            : [$"{child.Path.Replace(":", "__", StringComparison.Ordinal)} is no setting; there are {string.Join(", ", known.Keys)}."]);
    }
}
