namespace Moderato.Contract;

/// <summary>Operations that belong together.</summary>
/// <param name="Name">Their name.</param>
/// <param name="About">What they are for.</param>
/// <param name="Operations">The operations.</param>
internal sealed record Area(string Name, string About, IReadOnlyList<Operation> Operations);

/// <summary>Every operation, area by area.</summary>
internal static class OperationTable
{
    public static readonly IReadOnlyList<Area> Areas =
    [
        new("Comments", "Comments come in.", CommentOperations.All),
        new("Outcomes", "What was decided, and why.", OutcomeOperations.All),
        new("Reviews", "People decide.", ReviewOperations.All),
        new("Actions", "What is done on platforms.", ActionOperations.All),
        new("Policy", "A community's rules, guidelines and tone.", PolicyOperations.All),
        new("People", "Who writes here, and their rights.", PeopleOperations.All),
        new("Mood", "What is going on, and what people are unhappy about.", MoodOperations.All),
        new("Digests", "Digests and statistics.", DigestOperations.All),
        new("Incidents", "How it stands: incidents, protected channels.", IncidentOperations.All),
        new("Webhooks", "Your own systems are told what happens.", WebhookOperations.All),
        new("Mails", "Mails to people, and who receives them.", MailOperations.All),
        new("Parked", "What could not be read or judged.", ParkedOperations.All),
        new("Keys", "Keys, and who changed what.", KeyOperations.All),
        new("About", "The interface itself.", AboutOperations.All),
    ];

    public static readonly IReadOnlyList<Operation> All = [.. Areas.SelectMany(a => a.Operations)];
}
