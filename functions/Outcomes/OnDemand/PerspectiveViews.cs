using System.Text.Json.Serialization;

namespace Moderato.Outcomes;

/// <summary>The answer to Perspective's analyze call, in its shape: what is null is left out.</summary>
/// <param name="AttributeScores">By attribute, those that reach their threshold; left out where none does.</param>
/// <param name="Languages">The languages it was scored in.</param>
/// <param name="DetectedLanguages">The language found, or <c>und</c>.</param>
/// <param name="ClientToken">What the request sent along.</param>
public sealed record PerspectiveAnswer(
    IReadOnlyDictionary<string, PerspectiveScores>? AttributeScores, IReadOnlyList<string> Languages, IReadOnlyList<string> DetectedLanguages, string? ClientToken);

/// <summary>One attribute's scores: one span, the whole text.</summary>
public sealed record PerspectiveScores(IReadOnlyList<PerspectiveSpan> SpanScores, PerspectiveScore SummaryScore);

/// <summary>A part of the text, in UTF-16 code units, and its score.</summary>
public sealed record PerspectiveSpan(int Begin, int End, PerspectiveScore Score);

/// <summary>A probability, 0 to 1.</summary>
public sealed record PerspectiveScore(double Value, string Type);

/// <summary>An error in Perspective's shape.</summary>
public sealed record PerspectiveRefusal(PerspectiveError Error);

/// <summary>What went wrong.</summary>
/// <param name="Code">The HTTP status.</param>
/// <param name="Message">For people.</param>
/// <param name="Status">Google's name of the status, such as <c>INVALID_ARGUMENT</c>.</param>
/// <param name="Details">More, where there is more.</param>
public sealed record PerspectiveError(int Code, string Message, string Status, IReadOnlyList<PerspectiveErrorDetail>? Details);

/// <summary>What exactly went wrong.</summary>
public sealed record PerspectiveErrorDetail(
    [property: JsonPropertyName("@type")] string Kind, string ErrorType, PerspectiveLanguages? LanguageNotSupportedByAttributeError);

/// <summary>Which languages an attribute was asked for and is not known in.</summary>
public sealed record PerspectiveLanguages(string Attribute, IReadOnlyList<string>? DetectedLanguages, IReadOnlyList<string>? RequestedLanguages);
