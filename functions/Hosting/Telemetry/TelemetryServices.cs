using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Moderato.Hosting;

/// <summary>
/// Sends traces, metrics and logs to an OTLP receiver, if OpenTelemetry's own environment variables name one; else nothing of it is loaded.
/// The library reads all of them but those that say whether anything is sent at all, which are read here.
/// </summary>
public static class TelemetryServices
{
    private const string Disabled = "OTEL_SDK_DISABLED";
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Signals = ["TRACES", "METRICS", "LOGS"];

    /// <summary>Of the framework's own figures these say something; none has a path in it.</summary>
    private static readonly string[] HttpDurations = ["http.server.request.duration", "http.client.request.duration"];

    /// <summary>The names under which the exporter asks for its HTTP clients.</summary>
    private static readonly string[] ExporterClients = ["OtlpTraceExporter", "OtlpMetricExporter", "OtlpLogExporter"];

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (!Signals.Any(signal => IsWanted(configuration, signal)))
            return services;

        var telemetry = new Builder(services);
        telemetry.ConfigureResource(resource => resource.AddService(configuration["OTEL_SERVICE_NAME"] ?? "moderato", serviceVersion: Version)
            .AddEnvironmentVariableDetector());
        if (IsWanted(configuration, "TRACES"))
            telemetry.WithTracing(traces => traces.AddSource(Spans.Name));
        if (IsWanted(configuration, "METRICS"))
        {
            telemetry.WithMetrics(metrics => metrics
                .AddMeter(Spans.Name, "Microsoft.AspNetCore.Hosting", "System.Net.Http", "System.Runtime")
                .AddView(instrument => instrument.Name.StartsWith("http.", StringComparison.Ordinal) && !HttpDurations.Contains(instrument.Name) ? MetricStreamConfiguration.Drop : null));
        }
        if (IsWanted(configuration, "LOGS"))
            telemetry.WithLogging(configureBuilder: null, logs => logs.IncludeFormattedMessage = true);
        telemetry.UseOtlpExporter();

        foreach (var client in ExporterClients)
        {
            services.AddHttpClient(client).AddHttpMessageHandler(_ => new MonitorToken(new ManagedIdentityCredential(
                configuration["AZURE_CLIENT_ID"] is { Length: > 0 } id ? ManagedIdentityId.FromUserAssignedClientId(id) : ManagedIdentityId.SystemAssigned))).RemoveAllLoggers();
        }
        return services.AddHostedService<Providers>();
    }

    /// <summary>What is wrong with the variables, each named.</summary>
    public static IEnumerable<string> ProblemsWith(IConfiguration configuration)
    {
        foreach (var signal in Signals)
        {
            var exporter = $"OTEL_{signal}_EXPORTER";
            if (configuration[exporter] is { Length: > 0 } name && name is not ("otlp" or "none"))
                yield return $"{exporter} is '{name}'; it must be otlp or none.";
        }
        foreach (var setting in Signals.Select(EndpointOf).Prepend(Endpoint))
        {
            if (configuration[setting] is { Length: > 0 } address && (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)))
                yield return $"{setting} must be an http or https address, such as http://127.0.0.1:4318.";
        }
    }

    private static string? Version => typeof(TelemetryServices).Assembly.GetName().Version?.ToString(3);

    private static bool IsWanted(IConfiguration configuration, string signal) =>
        !string.Equals(configuration[Disabled], "true", StringComparison.OrdinalIgnoreCase)
        && configuration[$"OTEL_{signal}_EXPORTER"] is not "none"
        && (configuration[Endpoint] is { Length: > 0 } || configuration[EndpointOf(signal)] is { Length: > 0 });

    private static string EndpointOf(string signal) => $"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT";

    /// <summary>What the library's hosting package, which is not to be had from every registry, would be: a place for services.</summary>
    private sealed class Builder(IServiceCollection services) : IOpenTelemetryBuilder
    {
        public IServiceCollection Services => services;
    }

    /// <summary>Makes what listens before the first request is taken. What is left is sent when the services are disposed of.</summary>
    private sealed class Providers(IServiceProvider services) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            services.GetService<TracerProvider>();
            services.GetService<MeterProvider>();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
