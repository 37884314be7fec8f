using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Moderato.Hosting.Worker;

/// <summary>Where a functions app starts, as with the isolated worker.</summary>
public class FunctionsApplication
{
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args, typeof(FunctionsApplication).Assembly);
}

/// <summary>
/// Builds a custom handler: a web server on the loopback port that the Functions host names in
/// <c>FUNCTIONS_CUSTOMHANDLER_PORT</c>. Started as <c>Moderato write-function-metadata FOLDER</c> it writes the function.json
/// folders instead and ends; that is how publishing makes them.
/// </summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder
{
    private readonly WebApplicationBuilder _web;
    private readonly Assembly _functions;
    private readonly string? _metadataFolder;

    internal FunctionsApplicationBuilder(string[] args, Assembly functions)
    {
        _functions = functions;
        _metadataFolder = args is ["write-function-metadata", var folder] ? folder : null;

        // The empty builder: no files are watched and nothing is configured that a handler behind the host never uses.
        _web = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        _web.Configuration.AddEnvironmentVariables();
        _web.Logging.AddConfiguration(_web.Configuration.GetSection("Logging"));
        _web.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        _web.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        _web.Logging.AddFilter("Azure", LogLevel.Warning);
        _web.Logging.AddSimpleConsole(console => console.SingleLine = true);
        _web.Services.AddRouting();
        _web.WebHost.UseKestrelCore();
    }

    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_web).Properties;
    public ConfigurationManager Configuration => _web.Configuration;
    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;
    public IHostEnvironment Environment => _web.Environment;
    public ILoggingBuilder Logging => _web.Logging;
    public IMetricsBuilder Metrics => _web.Metrics;
    public IServiceCollection Services => _web.Services;

    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull => ((IHostApplicationBuilder)_web).ConfigureContainer(factory, configure);

    /// <exception cref="SettingsException">The port is missing or no port.</exception>
    /// <exception cref="InvalidOperationException">A function is malformed.</exception>
    public IHost Build()
    {
        var functions = FunctionCatalog.Of(_functions);
        if (_metadataFolder is not null)
            return new MetadataWriter(functions, _metadataFolder);

        var port = PortOf(_web.Configuration["FUNCTIONS_CUSTOMHANDLER_PORT"]);
        _web.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 100 * 1024 * 1024; // the Functions host's own bound; functions set tighter ones
            kestrel.ListenLocalhost(port);
        });
        // The host gives a handler 30 s; finishing what runs must fit.
        _web.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(25));

        var app = _web.Build();
        CustomHandler.Map(app, functions, RoutePrefix);
        return app;
    }

    /// <summary>host.json's default for <c>extensions.http.routePrefix</c>; ours says the same.</summary>
    internal const string RoutePrefix = "api";

    private static int PortOf(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? port
        : throw new SettingsException(
            ["FUNCTIONS_CUSTOMHANDLER_PORT must name the port to listen on (1 to 65535). The Functions host sets it; ./infra/local/up starts one."]);
}

/// <summary>What <c>ConfigureFunctionsWebApplication</c> does in the isolated worker, the custom handler does anyway.</summary>
public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder) => builder;
}
