using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Moderato.Hosting;

/// <summary>A JSON answer in Moderato's conventions.</summary>
public static class Answer
{
    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) => new JsonAnswer<T>(value, status);

    /// <summary>
    /// An answer that the caller may keep and ask about again: with an ETag made from its bytes, and 304 without a body where the caller has
    /// them already (RFC 9110, 13.1.2).
    /// </summary>
    public static IResult Cacheable<T>(HttpRequest request, T value) => new CacheableAnswer<T>(request, value);

    /// <summary>A document as it was sent.</summary>
    /// <param name="content">The document.</param>
    /// <param name="contentType">Such as <c>application/yaml; charset=utf-8</c>.</param>
    /// <param name="tag">Its ETag, with quotes; null for none.</param>
    public static IResult Document(string content, string contentType, string? tag) => new DocumentAnswer(content, contentType, tag);

    /// <summary>It is done, and there is nothing to say.</summary>
    public static IResult NoContent() => new EmptyAnswer();

    private sealed class EmptyAnswer : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }
    }

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

    private sealed class CacheableAnswer<T>(HttpRequest request, T value) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(value, Hosting.Json.Options);
            var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"");
            var response = httpContext.Response;
            response.Headers.XContentTypeOptions = "nosniff";
            response.Headers.CacheControl = "private, no-cache";
            response.GetTypedHeaders().ETag = tag;
            if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any)))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }
            response.ContentType = "application/json; charset=utf-8";
            response.ContentLength = bytes.Length;
            return response.Body.WriteAsync(bytes, httpContext.RequestAborted).AsTask();
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
