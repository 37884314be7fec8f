using Moderato.Comments;
using Moderato.Outcomes;
using Moderato.Review;

namespace Moderato.Contract;

/// <summary>A comment that waits, and what became of it: the operations' examples tell one story.</summary>
internal static class Examples
{
    public const string Model = "3-4f1c22ab";
    public const string Cursor = "b2Zmc2V0LW9mLXRoZS1uZXh0LXBhZ2U";

    public static readonly DateTimeOffset At = new(2026, 3, 10, 9, 30, 0, TimeSpan.Zero);

    public static readonly OutcomeView Outcome = new()
    {
        Id = Parameters.OutcomeExample,
        Community = "demo",
        Platform = "instagram",
        Channel = "bottega.demo",
        CommentId = "17912345",
        ThreadId = "17900001",
        Permalink = "https://www.instagram.com/p/abc/c/17912345",
        Author = new Author("anna", "Anna"),
        Text = "È la terza volta che chiedo dov'è il mio pacco!",
        State = OutcomeState.Waiting,
        Decision = Decision.Escalate,
        Rule = new RuleView("angry-customers", Decision.Escalate, "anger 0.83 (at_least 0.7)"),
        Paragraph = "2",
        Route = new Route("customer-care", At.AddHours(4)),
        Labels = [new AuthorLabel("waiting-for-parcel", null)],
        Sentiment = new SentimentView(Sentiment.Negative, 0.94, 0.05, 0.01),
        Signals = new SignalsView(
            new LanguageView("it", 0.98), 0.83, new Harm(0.12, 0.04, 0.01, 0.01, 0.02, 0.01), 0.02, 0.03, [new IntentView("complaint", 0.91), new IntentView("question-order", 0.77)],
            [], 0, 0, 0.02, 47, 0, false),
        Versions = new VersionsView(Model, "4"),
        Revision = 1,
        CreatedAt = At.AddMinutes(-5),
        FirstReceivedAt = At,
        ReceivedAt = At,
        DecidedAt = At.AddSeconds(2),
    };

    public static readonly OutcomeView Overruled = Outcome with
    {
        State = OutcomeState.Decided,
        Decision = Decision.Approve,
        Ruling = new RulingView("8f3b1c2e", Decision.Approve, "office/anna", At.AddMinutes(20), 1, "a fair complaint", null),
    };

    public static readonly OutcomeDetail Detail = new(Outcome)
    {
        History =
        [
            new HappeningView(At, "received", null, null, null, 1, null),
            new HappeningView(At.AddSeconds(2), "decided", "angry-customers", Decision.Escalate, null, 1, "anger 0.83 (at_least 0.7)"),
        ],
        Reasons = Reasons,
        AuthorContext = [new NeighbourView(Outcome.Id, "Anna", Outcome.Text, Sentiment.Negative, Decision.Escalate, OutcomeState.Waiting, At)],
        ThreadContext = [new NeighbourView(Outcome.Id, "Anna", Outcome.Text, Sentiment.Negative, Decision.Escalate, OutcomeState.Waiting, At)],
    };

    public static Dictionary<string, IReadOnlyList<ReasonView>> Reasons => new()
    {
        ["sentiment"] = [new ReasonView("terza volta", null, 5, 16, 1.214)],
        ["anger"] = [new ReasonView("terza volta", null, 5, 16, 0.932), new ReasonView(null, "exclamations", 0, 47, 0.31)],
    };

    public static readonly ReviewView Review = new(
        ReviewCause.Decision, At.AddMinutes(25), false, "office/anna", At.AddMinutes(30),
        new ProposalView("8f3b1c2e", "trainee/luca", At.AddMinutes(10), Decision.Approve, "a fair complaint", null, null, [], false, false), Outcome);
}
