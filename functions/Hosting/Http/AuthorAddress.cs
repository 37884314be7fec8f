using Moderato.Comments;

namespace Moderato.Hosting;

/// <summary>An author in an address: a platform, and the platform's id of the person.</summary>
public static class AuthorAddress
{
    /// <summary>Ids of platforms that people run themselves have a slash, which the server leaves escaped.</summary>
    public static string IdOf(string author) => author.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    public static (PlatformId Platform, string Author) Read(string platform, string author, List<FieldError> errors)
    {
        if (!PlatformId.TryParse(platform, out var on))
            errors.Add(new FieldError("platform", $"A platform has {PlatformId.Rule}."));
        var id = IdOf(author);
        if (id.Length is 0 or > CommentLimits.Id)
            errors.Add(new FieldError("author", $"An author's id has 1 to {CommentLimits.Id} characters."));
        return (on, id);
    }
}
