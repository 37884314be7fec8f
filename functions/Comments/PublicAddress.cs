namespace Moderato.Comments;

/// <summary>Where people reach the app.</summary>
/// <param name="Value">An https address, or http on this machine, without a slash at its end; null where nobody said what it is.</param>
public sealed record PublicAddress(string? Value);
