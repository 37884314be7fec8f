using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Moderato.Comments;

namespace Moderato.Mail;

/// <summary>How far a mail has come.</summary>
public enum MailState
{
    /// <summary>Waits for its turn, or for its next try.</summary>
    Waiting,

    /// <summary>The mail server took it.</summary>
    Sent,

    /// <summary>Not sent: its recipient wants no such mails, no mail reaches the address, or there is nothing to say any more.</summary>
    Skipped,

    /// <summary>The mail server refused its recipient for good.</summary>
    Bounced,

    /// <summary>Every try of a day failed, or it broke the app each time. It can be sent again by hand.</summary>
    Parked,
}

/// <summary>A mail that was posted, and what became of it. Holds no word of it.</summary>
/// <param name="Id">A hash of what it is about and for whom: the same mail posted again is the same row.</param>
/// <param name="Request">What it is.</param>
/// <param name="PostedAt">When it was posted.</param>
public sealed record PostedMail(string Id, MailRequest Request, DateTimeOffset PostedAt)
{
    private const int IdBytes = 16;

    public MailState State { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>What the last try came to, in our words: what a server says may hold addresses.</summary>
    public string? LastResult { get; init; }

    public DateTimeOffset? LastTriedAt { get; init; }

    /// <summary>When it is tried again.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Until when the copy of its message that took it is at work; another one comes back after it.</summary>
    public DateTimeOffset? BusyUntil { get; init; }

    public static PostedMail Of(MailRequest request, DateTimeOffset now) => new(IdOf(request), request, now);

    private static string IdOf(MailRequest request) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', (string[])
        [request.Community.ToString(), request.Kind, request.Of, request.Edition, request.Address.ToLowerInvariant()]))).AsSpan(0, IdBytes));
}

/// <summary>A mail as it stands in the store, with the tag that says nobody changed it since.</summary>
public sealed record StandingMail(PostedMail Mail, string Tag);

/// <summary>A mail's turn, as the queue carries it: which, and after how many tries. One of fewer tries than there were is an older message's.</summary>
public sealed record MailTurn(CommunityId Community, string Id, int Attempt)
{
    public byte[] ToMessage() => JsonSerializer.SerializeToUtf8Bytes(new Wire("mail", 1, Community.ToString(), Id, Attempt), JsonSerializerOptions.Web);

    /// <exception cref="FormatException">The message is none of version 1.</exception>
    public static MailTurn Parse(string message) =>
        JsonSerializer.Deserialize<Wire>(message, JsonSerializerOptions.Web) is { Kind: "mail", Version: 1 } wire
            ? new MailTurn(CommunityId.Parse(wire.Community), wire.Id, wire.Attempt)
            : throw new FormatException("The message is no 'mail' of version 1.");

    private sealed record Wire(string Kind, int Version, string Community, string Id, int Attempt);
}
