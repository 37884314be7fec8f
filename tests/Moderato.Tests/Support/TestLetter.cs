using Moderato.Mail;

namespace Moderato.Tests.Support;

/// <summary>Writes letters of the kind <c>test</c>, which say what they are about.</summary>
public sealed class TestLetter : ILetterWriter
{
    public const string Nothing = "nothing";
    public const string Broken = "broken";

    public string Kind => "test";

    /// <summary>How often a letter was asked for.</summary>
    public int Written { get; private set; }

    public Task<Letter?> WriteAsync(MailRequest request, LetterLinks links, CancellationToken cancellationToken)
    {
        Written++;
        return request.Of switch
        {
            Broken => throw new InvalidOperationException("A test."),
            Nothing => Task.FromResult<Letter?>(null),
            _ => Task.FromResult<Letter?>(new Letter(request.Of, $"<!doctype html><p>{request.Of}</p><a href=\"{links.Unsubscribe}\">x</a>", $"{request.Of}\n.\n{links.Unsubscribe}")),
        };
    }
}
