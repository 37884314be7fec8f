using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Moderato.Hosting;

/// <summary>One thing wrong with a request, named by its field, with what would be right.</summary>
/// <param name="Field">The field, as in <c>comments[3].platform</c> or <c>limit</c>.</param>
/// <param name="Message">What is wrong and what would be right. Never repeats what a commenter wrote.</param>
public sealed record FieldError(string Field, string Message);

/// <summary>A problem as it is sent (RFC 9457).</summary>
/// <param name="Type">The page that explains it, relative to the app's address.</param>
/// <param name="Title">What it is, the same for every problem of the type.</param>
/// <param name="Status">The HTTP status.</param>
public sealed record ProblemDetails(string Type, string Title, int Status)
{
    /// <summary>What it is this time, and what would be right.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>Everything that is wrong with the request, field by field.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FieldError>? Errors { get; init; }
}

/// <summary>Errors over HTTP: problem details (RFC 9457) with a stable type, every problem of a request at once.</summary>
public static class Problem
{
    public const string ContentType = "application/problem+json";

    public static IResult Invalid(IReadOnlyList<FieldError> errors) =>
        new Refusal(ProblemType.Invalid, errors is [var only] ? only.Message : $"There are {errors.Count} problems; see errors.") { Errors = errors };

    public static IResult Invalid(string field, string message) => Invalid([new FieldError(field, message)]);

    /// <summary>No key, or a wrong one. Says the same whatever exists.</summary>
    public static IResult Unauthorized(string detail) => new Refusal(ProblemType.Unauthorized, detail);

    public static IResult Forbidden(string detail) => new Refusal(ProblemType.Forbidden, detail);

    public static IResult NotFound(string detail) => new Refusal(ProblemType.NotFound, detail);

    /// <summary>The request is understood, and what is there speaks against it.</summary>
    public static IResult Conflict(string detail) => new Refusal(ProblemType.Conflict, detail);

    /// <summary>Answering would mean looking at more than is looked at for one request.</summary>
    public static IResult TooBroad(string detail) => new Refusal(ProblemType.TooBroad, detail);

    /// <summary>Something else was changed meanwhile.</summary>
    public static IResult PreconditionFailed(string detail) => new Refusal(ProblemType.PreconditionFailed, detail);

    /// <summary>A change must say what it is based on, so that nobody's change is lost.</summary>
    public static IResult PreconditionRequired(string detail) => new Refusal(ProblemType.PreconditionRequired, detail);

    /// <summary>The key has made all its requests of this minute.</summary>
    public static IResult TooManyRequests(int seconds) =>
        new Refusal(ProblemType.TooManyRequests, $"Try again in {seconds} s, or have a key made that may make more requests a minute.") { RetryAfterSeconds = seconds };

    /// <summary>Something failed on our side: the sender is asked to try again, which is always safe.</summary>
    public static IResult Unavailable() =>
        new Refusal(ProblemType.Unavailable, "Nothing is half done. Send the same request again in a moment.") { RetryAfterSeconds = 5 };

    public static IResult TooLarge(string detail) => new Refusal(ProblemType.TooLarge, detail);

    public static IResult UnsupportedMediaType(string detail) => new Refusal(ProblemType.UnsupportedMediaType, detail);

    public static IResult OfStatus(int status, string detail) =>
        status == StatusCodes.Status413PayloadTooLarge ? TooLarge(detail) : new Refusal(ProblemType.BadRequest with { Status = status }, detail);

    private sealed record Refusal(ProblemType Type, string Detail) : IResult
    {
        public IReadOnlyList<FieldError>? Errors { get; init; }
        public int? RetryAfterSeconds { get; init; }

        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = Type.Status;
            response.Headers.XContentTypeOptions = "nosniff";
            if (Type.Status == StatusCodes.Status401Unauthorized)
                response.Headers.WWWAuthenticate = "Bearer";
            if (RetryAfterSeconds is { } seconds)
                response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            var details = new ProblemDetails(Type.Address, Type.Title, Type.Status) { Detail = Detail, Errors = Errors };
            return response.WriteAsJsonAsync(details, Json.Options, ContentType, httpContext.RequestAborted);
        }
    }
}
