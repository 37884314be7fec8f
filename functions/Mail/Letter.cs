using Moderato.Comments;

namespace Moderato.Mail;

/// <summary>One mail to one person: what it is about, not what it says. That is written when it is sent.</summary>
/// <param name="Community">Whose.</param>
/// <param name="Kind">Which <see cref="ILetterWriter"/> writes it.</param>
/// <param name="Of">What it is about, in that writer's words: a day, an incident and its change.</param>
/// <param name="Edition">What the recipient asked for: one of <see cref="Editions"/>.</param>
/// <param name="Address">The recipient.</param>
/// <param name="Language"><c>it</c> or <c>en</c>.</param>
public sealed record MailRequest(CommunityId Community, string Kind, string Of, string Edition, string Address, string Language);

/// <summary>What a mail says.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Html">A whole document.</param>
/// <param name="Text">The same, complete, as plain text.</param>
public sealed record Letter(string Subject, string Html, string Text);

/// <summary>What a letter may link to.</summary>
/// <param name="App">The app's own address, without a slash at its end; null where nobody said what it is: then a letter has no links to it.</param>
/// <param name="Unsubscribe">The page on which its recipient ends these mails; null without <paramref name="App"/>.</param>
public sealed record LetterLinks(string? App, string? Unsubscribe);

/// <summary>Writes the letters of one kind.</summary>
public interface ILetterWriter
{
    string Kind { get; }

    /// <summary>Null where there is nothing to say any more: then no mail is sent.</summary>
    Task<Letter?> WriteAsync(MailRequest request, LetterLinks links, CancellationToken cancellationToken);
}
