using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Moderato.Comments;

namespace Moderato.Mail;

/// <summary>Puts a letter into its envelope: headers that machines read, the text, then the HTML.</summary>
internal static class Envelope
{
    /// <summary>RFC 2047: an encoded word has at most 75 characters; 42 bytes are 56 of base64.</summary>
    private const int BytesOfAWord = 42;

    public static MailMessage Of(PostedMail mail, Letter letter, LetterLinks links, Community community, MailAddress sender)
    {
        var from = sender.DisplayName.Length > 0 ? sender : new MailAddress(sender.Address, "Moderato");
        var message = new MailMessage(from, new MailAddress(mail.Request.Address))
        {
            Subject = OneLine(letter.Subject),
            SubjectEncoding = Encoding.UTF8,
            BodyEncoding = Encoding.UTF8,
        };
        // The same on every try: a server or mail program that got it twice can tell.
        message.Headers.Add("Message-ID", $"<{mail.Id}@{from.Host}>");
        message.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: no machine answers it
        message.Headers.Add("X-Auto-Response-Suppress", "All"); // Exchange's word for the same
        message.Headers.Add("List-Id", $"{EncodedWords(OneLine(community.Name))} <{Label(mail.Request.Edition)}.{community.Id}.moderato.{from.Host}>");
        if (links.Unsubscribe is { } unsubscribe)
        {
            message.Headers.Add("List-Unsubscribe", $"<{unsubscribe}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"); // RFC 8058
        }
        message.AlternateViews.Add(Part(letter.Text, MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(Part(letter.Html, MediaTypeNames.Text.Html)); // the last is the one that mail programs prefer
        return message;
    }

    /// <summary>Quoted-printable whatever is in it: a line of HTML may be longer than mail allows.</summary>
    private static AlternateView Part(string text, string type)
    {
        var part = AlternateView.CreateAlternateViewFromString(text.ReplaceLineEndings("\r\n"), Encoding.UTF8, type);
        part.TransferEncoding = TransferEncoding.QuotedPrintable;
        return part;
    }

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)).Trim();

    /// <summary>A part of a domain name (RFC 2919).</summary>
    private static string Label(string edition) => string.Concat(edition.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));

    /// <summary>The library encodes a header as a whole, with the part in brackets that machines read.</summary>
    private static string EncodedWords(string text)
    {
        var (words, bytes) = (new List<string>(), new List<byte>());
        foreach (var rune in text.EnumerateRunes())
        {
            var encoded = Encoding.UTF8.GetBytes(rune.ToString());
            if (bytes.Count + encoded.Length > BytesOfAWord)
                End();
            bytes.AddRange(encoded);
        }
        End();
        return string.Join(' ', words);

        void End()
        {
            words.Add($"=?utf-8?B?{Convert.ToBase64String([.. bytes])}?=");
            bytes.Clear();
        }
    }
}
