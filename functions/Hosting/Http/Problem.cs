using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Moderato.Hosting;

/// <summary>One thing wrong with a request, named by its field, with what would be right.</summary>
/// <param name="Field">The field, as in <c>comments[3].platform</c> or <c>limit</c>.</param>
/// <param name="Message">What is wrong and what would be right. Never repeats what a commenter wrote.</param>
public sealed record FieldError(string Field, string Message);

/// <summary>Errors over HTTP: problem details (RFC 9457) with a stable type, every problem of a request at once.</summary>
public static class Problem
{
    public const string ContentType = "application/problem+json";

    public static IResult Invalid(IReadOnlyList<FieldError> errors) =>
        new Details("invalid-request", "The request is not valid.", StatusCodes.Status400BadRequest)
        {
            Detail = errors is [var only] ? only.Message : $"There are {errors.Count} problems; see errors.",
            Errors = errors,
        };

    public static IResult Invalid(string field, string message) => Invalid([new FieldError(field, message)]);

    /// <summary>No key, or a wrong one. Says the same whatever exists.</summary>
    public static IResult Unauthorized(string detail) =>
        new Details("unauthorized", "The request is not authorised.", StatusCodes.Status401Unauthorized) { Detail = detail };

    public static IResult Forbidden(string detail) =>
        new Details("forbidden", "This key may not do that.", StatusCodes.Status403Forbidden) { Detail = detail };

    public static IResult NotFound(string detail) =>
        new Details("not-found", "There is no such thing.", StatusCodes.Status404NotFound) { Detail = detail };

    /// <summary>The request is understood, and what is there speaks against it.</summary>
    public static IResult Conflict(string detail) =>
        new Details("conflict", "This cannot be done as things are.", StatusCodes.Status409Conflict) { Detail = detail };

    /// <summary>Answering would mean looking at more than is looked at for one request.</summary>
    public static IResult TooBroad(string detail) =>
        new Details("query-too-broad", "This query would look at too much.", StatusCodes.Status400BadRequest) { Detail = detail };

    /// <summary>Something else was changed meanwhile.</summary>
    public static IResult PreconditionFailed(string detail) =>
        new Details("precondition-failed", "It was changed meanwhile.", StatusCodes.Status412PreconditionFailed) { Detail = detail };

    /// <summary>A change must say what it is based on, so that nobody's change is lost.</summary>
    public static IResult PreconditionRequired(string detail) =>
        new Details("precondition-required", "Send what this change is based on.", StatusCodes.Status428PreconditionRequired) { Detail = detail };

    /// <summary>The key has made all its requests of this minute.</summary>
    public static IResult TooManyRequests(int seconds) =>
        new Details("too-many-requests", "This key makes too many requests.", StatusCodes.Status429TooManyRequests)
        {
            Detail = $"Try again in {seconds} s, or have a key made that may make more requests a minute.",
            RetryAfterSeconds = seconds,
        };

    /// <summary>Something failed on our side: the sender is asked to try again, which is always safe.</summary>
    public static IResult Unavailable() =>
        new Details("unavailable", "Moderato cannot take this right now.", StatusCodes.Status503ServiceUnavailable)
        {
            Detail = "Nothing is half done. Send the same request again in a moment.",
            RetryAfterSeconds = 5,
        };

    public static IResult TooLarge(string detail) =>
        new Details("too-large", "The request is too large.", StatusCodes.Status413PayloadTooLarge) { Detail = detail };

    public static IResult UnsupportedMediaType(string detail) =>
        new Details("unsupported-media-type", "This content type or encoding is not read here.", StatusCodes.Status415UnsupportedMediaType) { Detail = detail };

    public static IResult OfStatus(int status, string detail) =>
        status == StatusCodes.Status413PayloadTooLarge ? TooLarge(detail) : new Details("bad-request", "The request cannot be read.", status) { Detail = detail };

    private sealed record Details(
        [property: JsonIgnore] string Name,
        string Title,
        int Status) : IResult
    {
        [JsonPropertyOrder(-1)]
        public string Type => $"urn:moderato:problem:{Name}";

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Detail { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public IReadOnlyList<FieldError>? Errors { get; init; }

        [JsonIgnore]
        public int? RetryAfterSeconds { get; init; }

        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = Status;
            response.Headers.XContentTypeOptions = "nosniff";
            if (Status == StatusCodes.Status401Unauthorized)
                response.Headers.WWWAuthenticate = "Bearer";
            if (RetryAfterSeconds is { } seconds)
                response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return response.WriteAsJsonAsync(this, Json.Options, ContentType, httpContext.RequestAborted);
        }
    }
}
