namespace Moderato.Hosting;

/// <summary>Why a platform did not do what it was asked.</summary>
public enum FailureKind
{
    /// <summary>A limit, an outage, a broken connection: the same may work later.</summary>
    Later,

    /// <summary>The token is wrong, expired or withdrawn: nothing works until a person renews it.</summary>
    Credential,

    /// <summary>What was asked about is not there, or no longer.</summary>
    Gone,

    /// <summary>It is that way already.</summary>
    AlreadyDone,

    /// <summary>It will not do this, however often it is asked.</summary>
    Refused,
}

/// <summary>A platform did not do what it was asked. The message carries a status or a code, nothing that was sent or answered.</summary>
public sealed class PlatformException(FailureKind kind, string reason, TimeSpan? retryAfter = null, Exception? cause = null) : Exception(reason, cause)
{
    public FailureKind Kind => kind;

    /// <summary>Whether it may have been done all the same: the request was sent, and no answer came back.</summary>
    public bool MayHaveArrived { get; init; }

    /// <summary>How long the platform wants to be left alone, if it says so.</summary>
    public TimeSpan? RetryAfter => retryAfter;
}
