using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Actions;

/// <summary>What an action is about.</summary>
/// <param name="Source">Where, and with which token.</param>
/// <param name="Comment">The comment as it stands; its text may be gone.</param>
/// <param name="Action">What is to be done.</param>
public sealed record Order(Source Source, Comment Comment, PlatformAction Action)
{
    /// <summary>The platform's id of the comment.</summary>
    public string Id => Source.PlatformsId(Comment.Key.Id);

    public string Token => Source.ActionToken ?? "";

    /// <exception cref="PlatformException">The author is not known.</exception>
    public string Author => Comment.Author is { } author ? Source.PlatformsId(author.Id) : throw new PlatformException(FailureKind.Refused, "the author is not known");

    /// <exception cref="PlatformException">There are no words.</exception>
    public string Text => Action.Text is { Length: > 0 } text ? text : throw new PlatformException(FailureKind.Refused, "an answer needs words");
}

/// <summary>How Moderato acts on one platform. All its quirks stay in its file.</summary>
public interface IActor
{
    PlatformId Platform { get; }

    /// <summary>Everything it can do. Policies are offered only this.</summary>
    IReadOnlyList<Lever> Levers { get; }

    /// <summary>Whether sending one answer twice shows it once: by an idempotency key, or because the platform refuses doubles.</summary>
    bool RepliesOnce => false;

    /// <summary>Does one of <see cref="Levers"/>. Doing it again must be harmless, unless it is an answer.</summary>
    /// <returns>The platform's id of what was made, if anything was.</returns>
    /// <exception cref="PlatformException">It did not work; the kind says what to make of it.</exception>
    Task<string?> ActAsync(PlatformHttp http, Order order, CancellationToken cancellationToken);
}
