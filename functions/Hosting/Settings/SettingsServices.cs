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
        .AddSingleton(provider => provider.GetRequiredService<Settings>().ApiKeys)
        .AddSingleton(provider => provider.GetRequiredService<Settings>().Mail);

    /// <exception cref="SettingsException">Something is wrong with them.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var options = new ModeratoOptions();
        try
        {
            configuration.GetSection(Section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException unreadable)
        {
            // The binder's own words name the setting that is unknown or has the wrong type.
            throw new SettingsException([unreadable.InnerException is { } inner ? $"{unreadable.Message} {inner.Message}" : unreadable.Message]);
        }
        var (settings, problems) = SettingsReader.Read(options);
        if (StorageConnection.ProblemWith(configuration) is { } storage)
            problems = [.. problems, storage];
        return settings is not null && problems.Count == 0 ? settings : throw new SettingsException(problems);
    }
}
