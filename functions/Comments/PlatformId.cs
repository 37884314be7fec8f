using System.Diagnostics.CodeAnalysis;

namespace Moderato.Comments;

/// <summary>
/// Names the platform that a comment lives on: <c>facebook</c>, <c>instagram</c>, <c>forum</c>...
/// 1 to 32 lower-case letters, digits and hyphens, starting with a letter or digit.
/// </summary>
public readonly record struct PlatformId
{
    public const string Rule = "1 to 32 lower-case letters, digits or hyphens, starting with a letter or a digit";

    private readonly string? _value;

    private PlatformId(string value) => _value = value;

    public static bool TryParse([NotNullWhen(true)] string? text, out PlatformId id)
    {
        id = Slug.IsValid(text, 32) ? new PlatformId(text) : default;
        return id != default;
    }

    /// <exception cref="FormatException">The text is no platform id.</exception>
    public static PlatformId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"A platform id has {Rule}.");

    public override string ToString() => _value ?? "";
}
