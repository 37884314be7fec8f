using System.Diagnostics.CodeAnalysis;

namespace Moderato.Comments;

/// <summary>
/// Names one community: a brand's whole presence. 1 to 40 lower-case letters, digits and hyphens, starting with a letter or digit,
/// so that it is at home in addresses, keys and file names without escaping.
/// </summary>
public readonly record struct CommunityId
{
    public const string Rule = "1 to 40 lower-case letters, digits or hyphens, starting with a letter or a digit";

    private readonly string? _value;

    private CommunityId(string value) => _value = value;

    public static bool TryParse([NotNullWhen(true)] string? text, out CommunityId id)
    {
        id = Slug.IsValid(text, 40) ? new CommunityId(text) : default;
        return id != default;
    }

    /// <exception cref="FormatException">The text is no community id.</exception>
    public static CommunityId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"A community id has {Rule}.");

    public override string ToString() => _value ?? "";
}
