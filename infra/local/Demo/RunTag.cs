namespace Moderato.Local.Demo;

/// <summary>
/// Makes the script's ids unique per run, so that the demo can be played again on kept data and every comment is new,
/// save for those that are repeated on purpose.
/// </summary>
internal sealed class RunTag(DateTimeOffset startedAt)
{
    private readonly string _prefix = Base36(startedAt.ToUnixTimeSeconds()) + "-";

    public SentKey KeyOf(DemoComment comment) => new(comment.Platform, IdOf(comment));

    /// <summary>Facebook's comment ids are <c>{post}_{comment}</c>; the others take what they are given.</summary>
    public string IdOf(DemoComment comment) =>
        comment.Platform == "facebook" ? OnFacebook(comment.ThreadId, comment.Id) : _prefix + comment.Id;

    public string OnFacebook(string post, string id) => $"{post}_{_prefix}{id}";

    /// <summary>Whether a comment id was made by this run.</summary>
    public bool Made(string id) => id.Contains(_prefix, StringComparison.Ordinal);

    private static string Base36(long value)
    {
        const string digits = "0123456789abcdefghijklmnopqrstuvwxyz";
        var text = "";
        for (; value > 0; value /= 36) text = digits[(int)(value % 36)] + text;
        return text;
    }
}

/// <summary>A comment's name on its platform, as sent.</summary>
internal readonly record struct SentKey(string Platform, string Id)
{
    public override string ToString() => $"{Platform} {Id}";
}
