using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Moderato.Tests.Support;

/// <summary>A request that a platform's interface got.</summary>
public sealed record Asked(string Method, string Path, IQueryCollection Query, IHeaderDictionary Headers, string Body)
{
    public override string ToString() => $"{Method} {Path}";
}

/// <summary>What a platform's interface answers.</summary>
public sealed record Answered(int Status, string Body = "", params (string Name, string Value)[] Headers)
{
    /// <summary>Breaks the connection instead of answering.</summary>
    public static readonly Answered Broken = new(-1);
}

/// <summary>A real HTTP server on loopback that stands for a platform's interface.</summary>
public sealed class PlatformServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PlatformServer(WebApplication app, Uri address) => (_app, Address) = (app, address);

    public Uri Address { get; }

    /// <summary>Every request, in its order.</summary>
    public ConcurrentQueue<Asked> Requests { get; } = new();

    /// <summary>Says what to answer. Default: 404.</summary>
    public Func<Asked, Answered> Answer { get; set; } = _ => new Answered(404, "{}");

    public static async Task<PlatformServer> StartAsync()
    {
        var port = FreePort.Take();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        var app = builder.Build();
        var server = new PlatformServer(app, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")));
        app.Run(server.HandleAsync);
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var asked = new Asked(context.Request.Method, context.Request.Path, context.Request.Query, new HeaderDictionary(context.Request.Headers.ToDictionary(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase)), await reader.ReadToEndAsync());
        Requests.Enqueue(asked);
        var answer = Answer(asked);
        if (answer.Status < 0)
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        foreach (var (name, value) in answer.Headers)
            context.Response.Headers[name] = value;
        if (answer.Status != 204)
            await context.Response.WriteAsync(answer.Body);
    }
}
