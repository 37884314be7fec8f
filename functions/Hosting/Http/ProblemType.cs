using Microsoft.AspNetCore.Http;

namespace Moderato.Hosting;

/// <summary>A kind of problem. Its name and title never change; a page explains it.</summary>
/// <param name="Name">As in its address.</param>
/// <param name="Title">What it is, in one sentence.</param>
/// <param name="Status">The HTTP status.</param>
public sealed record ProblemType(string Name, string Title, int Status)
{
    public static readonly ProblemType Invalid = new("invalid-request", "The request is not valid.", StatusCodes.Status400BadRequest);
    public static readonly ProblemType TooBroad = new("query-too-broad", "This query would look at too much.", StatusCodes.Status400BadRequest);
    public static readonly ProblemType BadRequest = new("bad-request", "The request cannot be read.", StatusCodes.Status400BadRequest);
    public static readonly ProblemType Unauthorized = new("unauthorized", "The request is not authorised.", StatusCodes.Status401Unauthorized);
    public static readonly ProblemType Forbidden = new("forbidden", "This key may not do that.", StatusCodes.Status403Forbidden);
    public static readonly ProblemType NotFound = new("not-found", "There is no such thing.", StatusCodes.Status404NotFound);
    public static readonly ProblemType Conflict = new("conflict", "This cannot be done as things are.", StatusCodes.Status409Conflict);
    public static readonly ProblemType PreconditionFailed = new("precondition-failed", "It was changed meanwhile.", StatusCodes.Status412PreconditionFailed);
    public static readonly ProblemType TooLarge = new("too-large", "The request is too large.", StatusCodes.Status413PayloadTooLarge);
    public static readonly ProblemType UnsupportedMediaType =
        new("unsupported-media-type", "This content type or encoding is not read here.", StatusCodes.Status415UnsupportedMediaType);
    public static readonly ProblemType PreconditionRequired =
        new("precondition-required", "Send what this change is based on.", StatusCodes.Status428PreconditionRequired);
    public static readonly ProblemType TooManyRequests = new("too-many-requests", "This key makes too many requests.", StatusCodes.Status429TooManyRequests);
    public static readonly ProblemType Unavailable = new("unavailable", "Moderato cannot take this right now.", StatusCodes.Status503ServiceUnavailable);

    /// <summary>All of them, by status.</summary>
    public static readonly IReadOnlyList<ProblemType> All =
    [
        Invalid, TooBroad, BadRequest, Unauthorized, Forbidden, NotFound, Conflict, PreconditionFailed, TooLarge, UnsupportedMediaType, PreconditionRequired,
        TooManyRequests, Unavailable,
    ];

    /// <summary>The page that explains it, relative to the app's address (RFC 9457, 3.1.1).</summary>
    public string Address => $"/api/problems/{Name}";
}
