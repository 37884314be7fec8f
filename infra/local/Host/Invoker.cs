using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moderato.Local.Host;

/// <summary>How an invocation ended.</summary>
/// <param name="Succeeded">Whether the handler answered with 200.</param>
/// <param name="Why">Otherwise what it answered, for the console.</param>
internal readonly record struct InvocationResult(bool Succeeded, string Why);

/// <summary>
/// Posts invocations to the handler: <c>POST /{function}</c> with <c>{"Data": {...}, "Metadata": {...}}</c>. Wire format: Azure
/// Functions' custom handlers, as its host sends it; text is encoded twice there.
/// </summary>
internal sealed class Invoker(HandlerProcess handler, HttpClient http, FunctionsApp app, TimeProvider time)
{
    public async Task<InvocationResult> InvokeAsync(LocalFunction function, string binding, JsonNode value, JsonObject metadata, CancellationToken cancellationToken)
    {
        metadata["sys"] = new JsonObject
        {
            ["MethodName"] = function.Name,
            ["UtcNow"] = time.GetUtcNow(),
            ["RandGuid"] = Guid.NewGuid(),
        };
        var body = new JsonObject { ["Data"] = new JsonObject { [binding] = value }, ["Metadata"] = metadata };
        using var timeout = new CancellationTokenSource(app.FunctionTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var address = await handler.WaitUntilUpAsync(either.Token);
            using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, function.Name)) { Content = content };
            request.Headers.Add("X-Azure-Functions-InvocationId", Guid.NewGuid().ToString());
            request.Headers.Add("X-Azure-Functions-HostVersion", LocalHost.Version);
            using var answer = await http.SendAsync(request, either.Token);
            return new InvocationResult(answer.IsSuccessStatusCode, $"status {(int)answer.StatusCode}");
        }
        catch (HttpRequestException)
        {
            return new InvocationResult(false, "the app ended or did not answer");
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return new InvocationResult(false, $"no answer within functionTimeout ({app.FunctionTimeout})");
        }
    }

    /// <summary>Text as the host sends it: a JSON string that holds a string literal.</summary>
    public static JsonNode Twice(string text) => JsonValue.Create(JsonSerializer.Serialize(text));
}
