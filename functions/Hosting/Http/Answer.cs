using Microsoft.AspNetCore.Http;

namespace Moderato.Hosting;

/// <summary>A JSON answer in Moderato's conventions.</summary>
public static class Answer
{
    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) => new JsonAnswer<T>(value, status);

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
