namespace Moderato.Comments;

/// <summary>Every queue, by the name that triggers and storage share. The host moves what fails for good to NAME-poison.</summary>
public static class QueueNames
{
    public const string Comments = "comments";
    public const string PoisonComments = Comments + "-poison";

    /// <summary>Comments that have to be asked for.</summary>
    public const string Fetches = "fetches";
    public const string PoisonFetches = Fetches + "-poison";

    /// <summary>What is to be done on platforms.</summary>
    public const string Actions = "actions";
    public const string PoisonActions = Actions + "-poison";

    /// <summary>What the user's own systems are told.</summary>
    public const string Webhooks = "webhooks";
    public const string PoisonWebhooks = Webhooks + "-poison";

    /// <summary>Drafts of policies that are asked about past comments.</summary>
    public const string Replays = "replays";
    public const string PoisonReplays = Replays + "-poison";

    /// <summary>What people decided.</summary>
    public const string Rulings = "rulings";
    public const string PoisonRulings = Rulings + "-poison";

    /// <summary>Authors who are to be erased.</summary>
    public const string Erasures = "erasures";
    public const string PoisonErasures = Erasures + "-poison";

    /// <summary>Letters to people.</summary>
    public const string Mails = "mails";
    public const string PoisonMails = Mails + "-poison";

    public static readonly IReadOnlyList<string> All = [Comments, PoisonComments, Fetches, PoisonFetches, Actions, PoisonActions, Webhooks, PoisonWebhooks, Replays, PoisonReplays, Rulings, PoisonRulings, Erasures, PoisonErasures, Mails, PoisonMails];
}
