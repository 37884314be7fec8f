using Moderato.Mail;

namespace Moderato.Digests;

/// <summary>What people talk about, and how.</summary>
internal static class TalkSections
{
    private const int MostExamples = 2;

    public static IEnumerable<Block> Channels(Pen pen)
    {
        var (channels, words) = (pen.Digest.ByChannel, pen.Words);
        if (channels.Items.Count == 0)
            yield break;
        yield return pen.Section(words.ByChannel, channels);
        foreach (var channel in channels.Items)
        {
            yield return new MoodBar(
                Pen.Place(channel.Platform, channel.Channel), words.WhoWrote(channel), channel.Negative, channel.Neutral, channel.Positive, words.MoodFigures(channel), words.Beside(channel));
        }
    }

    public static IEnumerable<Block> Causes(Pen pen)
    {
        var (causes, words) = (pen.Digest.Causes, pen.Words);
        if (causes.Items.Count == 0)
            yield break;
        yield return pen.Section(words.Causes, causes);
        foreach (var cause in causes.Items)
        {
            yield return new Card(words.Title(cause.Concepts, cause.Words), $"{words.CauseFigures(cause, pen.Places(cause.Channels))} {words.OpenFor(cause.Days)}")
            {
                Quotes = [.. cause.Examples.SelectMany(e => pen.Quote(e, pen.Author(e))).Take(MostExamples)],
            };
        }
    }

    public static IEnumerable<Block> Questions(Pen pen)
    {
        var (questions, words) = (pen.Digest.Questions, pen.Words);
        if (questions.Items.Count == 0)
            yield break;
        yield return pen.Section(words.Questions, questions);
        foreach (var question in questions.Items)
        {
            var answer = question.Answer is { } given ? pen.Quote(given, words.Answer) : [];
            yield return new Card(words.Title(question.Concepts, question.Words), words.QuestionFigures(question, pen.Places(question.Channels)), words.DraftIntro)
            {
                Quotes =
                [
                    .. pen.Quote(question.Example, words.Question).DefaultIfEmpty(new Quotation(words.Question, null)),
                    .. answer.DefaultIfEmpty(new Quotation(words.Answer, null)),
                ],
            };
        }
    }

    public static IEnumerable<Block> Threads(Pen pen)
    {
        var (threads, words) = (pen.Digest.Threads, pen.Words);
        if (threads.Items.Count == 0)
            yield break;
        yield return pen.Section(words.Threads, threads);
        foreach (var thread in threads.Items)
        {
            yield return new Card($"{Pen.Place(thread.Platform, thread.Channel)}: {words.Of(thread.Hint)}", words.ThreadFigures(thread, pen.Moment(thread.LastAt)))
            {
                Quotes = pen.Quote(thread.OutcomeId),
                Links = pen.Link(thread.OutcomeId),
            };
        }
    }
}
