using System.Globalization;

namespace Moderato.Local.Serve;

/// <summary>Asks <c>GET /api/health/ready</c>: for containers, whose image has nothing else that could.</summary>
internal static class HealthQuestion
{
    /// <summary>The app itself gives its storage five seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <returns>0 if it can take work, else 1.</returns>
    public static async Task<int> AskAsync(int port, TextWriter output, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        try
        {
            var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/api/health/ready"));
            using var answer = await http.GetAsync(address, cancellationToken);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"status {(int)answer.StatusCode}"));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception silent) when (silent is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            await output.WriteLineAsync("no answer");
            return 1;
        }
    }
}
