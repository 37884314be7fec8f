using Microsoft.AspNetCore.Http;

namespace Moderato.Hosting;

/// <summary>A JSON answer in Moderato's conventions.</summary>
public static class Answer
{
    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) => new JsonAnswer<T>(value, status);

    /// <summary>A document as it was sent.</summary>
    /// <param name="content">The document.</param>
    /// <param name="contentType">Such as <c>application/yaml; charset=utf-8</c>.</param>
    /// <param name="tag">Its ETag, with quotes; null for none.</param>
    public static IResult Document(string content, string contentType, string? tag) => new DocumentAnswer(content, contentType, tag);

    private sealed class DocumentAnswer(string content, string contentType, string? tag) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = contentType;
            response.Headers.XContentTypeOptions = "nosniff";
            response.Headers.CacheControl = "no-store";
            if (tag is not null)
                response.Headers.ETag = tag;
            return response.WriteAsync(content, httpContext.RequestAborted);
        }
    }

    private sealed class JsonAnswer<T>(T value, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.Headers.XContentTypeOptions = "nosniff";
            httpContext.Response.Headers.CacheControl = "no-store";
            return httpContext.Response.WriteAsJsonAsync(value, Hosting.Json.Options, "application/json; charset=utf-8", httpContext.RequestAborted);
        }
    }
}
