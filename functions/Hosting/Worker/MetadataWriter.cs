using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Moderato.Hosting.Worker;

/// <summary>Stands in place of the app while it is published: writes the function.json folders, then ends.</summary>
internal sealed class MetadataWriter(IReadOnlyList<FunctionDescriptor> functions, string folder) : IHost
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddSingleton<IHostApplicationLifetime, AtOnce>()
        .BuildServiceProvider();

    public IServiceProvider Services => _services;

    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        FunctionMetadata.Write(functions, folder);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public void Dispose() => _services.Dispose();

    /// <summary>There is nothing to wait for: the work is done when start returns.</summary>
    private sealed class AtOnce : IHostApplicationLifetime
    {
        private static readonly CancellationToken Done = new(canceled: true);

        public CancellationToken ApplicationStarted => Done;
        public CancellationToken ApplicationStopping => Done;
        public CancellationToken ApplicationStopped => Done;

        public void StopApplication()
        {
        }
    }
}
