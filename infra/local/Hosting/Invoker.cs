using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Moderato.Local.Hosting;

/// <summary>Calls functions in the handler: those of queues and timers.</summary>
internal sealed class Invoker(Handler handler, HttpMessageInvoker http, TimeSpan? functionTimeout, HostConsole console, TimeProvider time)
{
    public const string InvocationIdHeader = "X-Azure-Functions-InvocationId";
    public const string HostVersionHeader = "X-Azure-Functions-HostVersion";

    /// <summary>The Functions host whose behaviour this one was held against.</summary>
    public const string HostVersion = "4.1037.0";

    /// <param name="function">The function.</param>
    /// <param name="body">See <see cref="InvocationBody"/>.</param>
    /// <param name="subject">What the console calls this run, beside the function's name.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <returns>Whether the function succeeded. Every other end is reported on the console.</returns>
    /// <exception cref="OperationCanceledException">The call was given up by the token.</exception>
    public async Task<bool> InvokeAsync(Function function, byte[] body, string subject, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var failure = await TryAsync(function, body, cancellationToken);
        var taken = HostConsole.Milliseconds(time.GetElapsedTime(started));
        if (failure is null)
            console.Event(function.Name, $"ok  {taken}  {subject}");
        else
            console.Trouble(function.Name, $"FAILED ({failure})  {taken}  {subject}");
        return failure is null;
    }

    private async Task<string?> TryAsync(Function function, byte[] body, CancellationToken cancellationToken)
    {
        if (handler.Address is not { } address)
            return "the handler is down";

        using var timeout = functionTimeout is { } longest ? new CancellationTokenSource(longest, time) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, function.Name));
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } };
            request.Headers.Add(InvocationIdHeader, Guid.NewGuid().ToString());
            request.Headers.Add(HostVersionHeader, HostVersion);
            using var response = await http.SendAsync(request, either.Token);
            if (!response.IsSuccessStatusCode)
                return string.Create(CultureInfo.InvariantCulture, $"status {(int)response.StatusCode}");
            return ReportLogs(function, await response.Content.ReadAsByteArrayAsync(either.Token)) ? null : "the answer is no JSON object";
        }
        catch (HttpRequestException failure)
        {
            return $"no answer: {failure.HttpRequestError}";
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return "functionTimeout";
        }
    }

    /// <summary>An answer that cannot be read is a failure, as in the Functions host, however good its status.</summary>
    private bool ReportLogs(Function function, byte[] answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
                return false;
            if (document.RootElement.TryGetProperty("Logs", out var logs) && logs.ValueKind is JsonValueKind.Array)
            {
                foreach (var line in logs.EnumerateArray().Where(line => line.ValueKind is JsonValueKind.String))
                    console.Handler($"{function.Name}: {line.GetString()}");
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
