namespace Moderato.Comments;

/// <summary>What one comment is called on its platform. Ids are text: X and Discord exceed 2^53, Facebook's are composite.</summary>
/// <param name="Platform">The platform.</param>
/// <param name="Id">The platform's own id, as it came, 1 to <see cref="CommentLimits.Id"/> characters.</param>
public readonly record struct CommentKey(PlatformId Platform, string Id);

/// <summary>Who wrote a comment, on one platform. Missing altogether where the platform does not say.</summary>
/// <param name="Id">The platform's id of the person, as it came.</param>
/// <param name="Name">The name shown, if the platform gives one.</param>
public sealed record Author(string Id, string? Name);

/// <summary>How long the parts of a comment may be, in UTF-16 code units. Longer ones are refused with the field's name.</summary>
public static class CommentLimits
{
    public const int Text = 20_000;
    public const int Id = 512;
    public const int Name = 256;
    public const int Channel = 128;
    public const int Permalink = 2_048;
}

/// <summary>
/// A comment as one version of it was received. <see cref="Revision"/> and <see cref="FirstReceivedAt"/> are Moderato's own:
/// together with the key they say which version this is and where its outcome lies.
/// </summary>
public sealed record Comment
{
    public required CommunityId Community { get; init; }
    public required CommentKey Key { get; init; }

    /// <summary>The source that brought it, as <see cref="Comments.Source.ToString"/> names it; null for what was posted over HTTP.</summary>
    public string? Source { get; init; }

    /// <summary>The page, profile, forum or group within the platform. The platform's name where nothing finer is known.</summary>
    public required string Channel { get; init; }

    /// <summary>The post, video or topic commented on.</summary>
    public string? ThreadId { get; init; }

    /// <summary>The comment answered, if this one is a reply.</summary>
    public string? ParentId { get; init; }

    public string? Permalink { get; init; }

    /// <summary>When the post, video or topic was published, where the platform tells.</summary>
    public DateTimeOffset? PostCreatedAt { get; init; }
    public Author? Author { get; init; }

    /// <summary>Plain text, without markup. Empty for a picture or a sticker, and for a comment that was removed.</summary>
    public required string Text { get; init; }

    /// <summary>A review's stars, 1 to 5; null for everything that has none.</summary>
    public int? Stars { get; init; }

    /// <summary>When the platform says it was written. Null where it does not say, or says something impossible.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the platform says it was last edited. Orders the versions of one comment.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>Removed by its author or by the platform: what stays is a tombstone without text, name or link.</summary>
    public bool Removed { get; init; }

    /// <summary>The platform's terms no longer allow its text to be kept: that it was here, and what was decided, stays.</summary>
    public bool TextExpired { get; init; }

    /// <summary>The id of the erasure that took it, its author having asked for that: then it is removed too, and never comes back.</summary>
    public string? Erasure { get; init; }

    public bool Erased => Erasure is not null;

    /// <summary>1 for the first version received, one more for each that replaced it.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>When the first version arrived here. Never changes; the outcome's key is made from it.</summary>
    public required DateTimeOffset FirstReceivedAt { get; init; }

    /// <summary>When this version arrived here.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The time that orders versions: of the edit, else of the writing, else the beginning of time.</summary>
    public DateTimeOffset VersionTime => EditedAt ?? CreatedAt ?? DateTimeOffset.UnixEpoch;

    /// <summary>What stays of a comment whose text may be kept no longer.</summary>
    public Comment WithoutText() => this with { Text = "", Author = Author is null ? null : Author with { Name = null }, TextExpired = true };

    /// <summary>What stays of a removed comment: that it was here, and when.</summary>
    public Comment AsTombstone() => this with { Text = "", Author = null, Permalink = null, Removed = true };

    /// <summary>
    /// What stays where its author asked to be erased: as much as recognises the comment when it is delivered again. A conversation is named
    /// after who began it, so threads go too. It is a revision of its own, so that nothing that is still on its way replaces it.
    /// </summary>
    public Comment AsErased(string erasure) => AsTombstone() with
    {
        Channel = Author is { Id: var id } && Channel.Contains(id, StringComparison.Ordinal) ? Key.Platform.ToString() : Channel,
        ThreadId = null,
        ParentId = null,
        Erasure = erasure,
        Revision = Revision + 1,
    };
}
