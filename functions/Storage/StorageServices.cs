using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moderato.Actions;
using Moderato.Actions.Webhooks;
using Moderato.Comments;
using Moderato.Digests;
using Moderato.Hosting;
using Moderato.Ingest;
using Moderato.Mail;
using Moderato.Members;
using Moderato.Moderation;
using Moderato.Mood;
using Moderato.Outcomes;
using Moderato.Policy;
using Moderato.Privacy;
using Moderato.Review;
using Moderato.Scoring.Feedback;

namespace Moderato.Storage;

/// <summary>Registers the storage room: which table stands behind which room's store.</summary>
public static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(_ => StorageConnection.Open(configuration))
        .AddSingleton(provider => new TableSet(provider.GetRequiredService<StorageConnection>().Tables))
        .AddSingleton<StorageHealth>()
        .AddSingleton<CommentsQueue>()
        .AddSingleton<SpanReader>()
        .AddSingleton<StaleHours>()
        .AddSingleton<IIntakeStore, IntakeTables>()
        .AddSingleton<IPollStore, PollTables>()
        .AddSingleton<ExpiryTables>()
        .AddSingleton<IExpiryStore>(provider => provider.GetRequiredService<ExpiryTables>())
        .AddSingleton<ModerationTables>()
        .AddSingleton<IModerationStore>(provider => provider.GetRequiredService<ModerationTables>())
        .AddSingleton<IDeadLetterStore>(provider => provider.GetRequiredService<ModerationTables>())
        .AddSingleton<IAuthorStore>(provider => provider.GetRequiredService<ModerationTables>())
        .AddSingleton<IPolicyStore, PolicyTables>()
        .AddSingleton<IReplayStore, ReplayTables>()
        .AddSingleton<ISweepStore, SweepTables>()
        .AddSingleton<IQueueMeasures, QueueMeasures>()
        .AddSingleton<ActionTables>()
        .AddSingleton<IActionStore>(provider => provider.GetRequiredService<ActionTables>())
        .AddSingleton<IWebhookStore, WebhookTables>()
        .AddSingleton<OutcomeTables>()
        .AddSingleton<IOutcomeReader>(provider => provider.GetRequiredService<OutcomeTables>())
        .AddSingleton<IReviewStore, ReviewTables>()
        .AddSingleton<IHandoffStore, HandoffTables>()
        .AddSingleton<IMemberStore, MemberTables>()
        .AddSingleton<IEventStore, EventTables>()
        .AddSingleton<IncidentTables>()
        .AddSingleton<IIncidentStore>(provider => provider.GetRequiredService<IncidentTables>())
        .AddSingleton<IProtectionStore>(provider => provider.GetRequiredService<IncidentTables>())
        .AddSingleton<IWatchedComments, WatchedCommentTables>()
        .AddSingleton<IDigestStore, DigestTables>()
        .AddSingleton<HourMoods>()
        .AddSingleton<IPastStore>(provider => provider.GetRequiredService<HourMoods>())
        .AddSingleton<IMailStore, MailTables>()
        .AddSingleton<ICorrectionStore, CorrectionTables>()
        .AddSingleton<CommentEraser>()
        .AddSingleton<AuthorEraser>()
        .AddSingleton<IErasureStore, ErasureTables>()
        .AddSingleton<IHeldStore, HeldTables>()
        .AddSingleton<IRetentionStore, RetentionTables>()
        .AddSingleton<IParkedStore, ParkedTables>()
        .AddSingleton<IOwnSecrets, OwnSecretTables>()
        .AddSingleton<AuditTables>()
        .AddSingleton<IAuditLog>(provider => provider.GetRequiredService<AuditTables>())
        .AddSingleton<IAuditReader>(provider => provider.GetRequiredService<AuditTables>())
        .AddSingleton<IKeyStore, KeyTables>()
        .AddHostedService<CreateAtStart>();
}
