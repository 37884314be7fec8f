using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Moderato.Tests.Support;

/// <summary>An answer as its caller sees it.</summary>
public sealed record HttpAnswer(int Status, string Body, IHeaderDictionary Headers)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>The fields of a problem's errors, in order.</summary>
    public IReadOnlyList<string> Fields => [.. Json["errors"]!.AsArray().Select(e => (string)e!["field"]!).Order(StringComparer.Ordinal)];
}

/// <summary>Calls functions as the server does, without the server.</summary>
public static class Http
{
    public static HttpRequest Request(string method = "GET", string query = "", object? body = null, string? key = World.ApiKey)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.QueryString) = (method, new QueryString(query));
        if (key is not null)
            request.Headers.Authorization = $"Bearer {key}";
        if (body is not null)
        {
            request.ContentType = "application/json";
            request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body as string ?? System.Text.Json.JsonSerializer.Serialize(body, System.Text.Json.JsonSerializerOptions.Web)));
        }
        return request;
    }

    public static async Task<HttpAnswer> AnswerAsync(this Task<IResult> result)
    {
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;
        await (await result).ExecuteAsync(context);
        return new HttpAnswer(context.Response.StatusCode, Encoding.UTF8.GetString(body.ToArray()), context.Response.Headers);
    }
}
