namespace Moderato.Digests;

/// <summary>Where mails go and who they come from.</summary>
/// <param name="Folder">The folder that receives each mail as an .eml file; null where no mail is wanted.</param>
/// <param name="From">The sender's address.</param>
public sealed record MailSettings(string? Folder, string From);
