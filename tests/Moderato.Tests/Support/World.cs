using Azure.Core;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moderato.Actions;
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
using Moderato.Scoring;
using Moderato.Storage;
using Moderato.Storage.Tables;

namespace Moderato.Tests.Support;

/// <summary>
/// The whole app without its server: every room on an account of its own in the real emulator, a clock that stands still, and a
/// queue that is worked on when the test says so.
/// </summary>
public sealed class World : IAsyncDisposable
{
    public static readonly CommunityId Demo = CommunityId.Parse("demo");
    public const string ApiKey = "mod_test-key-of-the-demo-community";
    public const string FacebookSecret = "an-app-secret-for-tests";

    private static readonly Lazy<Scorer> SharedScorer = new(Scorer.Default);

    private readonly ServiceProvider _services;

    private World(ServiceProvider services, FakeTime time, Interference interference, string connectionString, string folder, RecordedLogs logs) =>
        (_services, Time, Storage, ConnectionString, Folder, Logs) = (services, time, interference, connectionString, folder, logs);

    public FakeTime Time { get; }
    public Interference Storage { get; }
    public string ConnectionString { get; }

    /// <summary>A folder for files, deleted at the end.</summary>
    public string Folder { get; }

    /// <summary>What was logged until now.</summary>
    public RecordedLogs Logs { get; }

    public TableSet Tables => Get<TableSet>();
    public Intake Intake => Get<Intake>();
    public Community Community => Get<Communities>().Find(Demo)!;

    /// <param name="settings">Settings beside the usual ones.</param>
    /// <param name="own">An emulator of its own; null for an account of the shared one.</param>
    /// <param name="meter">Counts what is read of tables.</param>
    /// <param name="mail">Receives what is mailed; null where no mail is sent.</param>
    public static async Task<World> CreateAsync(IReadOnlyDictionary<string, string?>? settings = null, Azurite? own = null, StorageMeter? meter = null, SmtpServer? mail = null)
    {
        var folder = Directory.CreateTempSubdirectory("moderato-").FullName;
        var time = new FakeTime(new DateTimeOffset(2026, 3, 10, 9, 30, 0, TimeSpan.Zero));
        var interference = new Interference();
        var logs = new RecordedLogs();
        var connectionString = own?.ConnectionString ?? await Azurite.NewAccountAsync();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings()).AddInMemoryCollection(mail?.Settings ?? new Dictionary<string, string?>()).AddInMemoryCollection(settings ?? new Dictionary<string, string?>()).Build();

        var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(logs))
            .AddSingleton<TimeProvider>(time)
            .AddSettings(configuration)
            .AddKeys()
            .AddStorage(configuration)
            .AddOutgoing()
            .AddScoring()
            .AddIngest()
            .AddPolicy()
            .AddModeration()
            .AddActions()
            .AddReview()
            .AddMembers()
            .AddMail()
            .AddMood()
            .AddDigests()
            .AddSingleton<ILetterWriter, TestLetter>()
            .AddPrivacy()
            .AddSingleton(SharedScorer.Value)
            .AddSingleton(Connect(connectionString, interference, meter));
        var world = new World(services.BuildServiceProvider(), time, interference, connectionString, folder, logs);
        await world.Make<CreateAtStart>().StartAsync(CancellationToken.None);
        interference.Reset();
        return world;
    }

    public static Dictionary<string, string?> Settings() => new()
    {
        ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true", // replaced by the test's own account
        ["Moderato:Communities:0:Id"] = Demo.ToString(),
        ["Moderato:Communities:0:Name"] = "Bottega Demo",
        ["Moderato:Communities:0:Recipients:0:Address"] = "anna@example.org",
        ["Moderato:Sources:0:Id"] = "page",
        ["Moderato:Sources:0:Platform"] = "facebook",
        ["Moderato:Sources:0:Community"] = Demo.ToString(),
        ["Moderato:Sources:0:Secrets:0"] = FacebookSecret,
        ["Moderato:Sources:0:VerifyToken"] = "meatyhamhock",
        ["Moderato:ApiKeys:0:Name"] = "tests",
        ["Moderato:ApiKeys:0:Sha256"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(ApiKey))),
        ["Moderato:ApiKeys:0:Communities:0"] = "*",
        ["Moderato:ApiKeys:0:Scopes:0"] = "ingest",
        ["Moderato:ApiKeys:0:Scopes:1"] = "read",
        ["Moderato:ApiKeys:0:Scopes:2"] = "moderate",
    };

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A class with its dependencies, such as a function's.</summary>
    public T Make<T>() => ActivatorUtilities.CreateInstance<T>(_services);

    /// <summary>A comment as a connector hands it to intake, now.</summary>
    public Comment Some(string id = "1", string text = "Spedizione velocissima, grazie!", string? author = "anna") => new()
    {
        Community = Demo,
        Key = new CommentKey(PlatformId.Parse("instagram"), id),
        Channel = "bottega",
        Author = author is null ? null : new Author(author, author.ToUpperInvariant()),
        Text = text,
        CreatedAt = Time.Now.AddMinutes(-5),
        FirstReceivedAt = Time.Now,
        ReceivedAt = Time.Now,
    };

    /// <summary>Takes a delivery in; the next one comes a moment later.</summary>
    public async Task<IReadOnlyList<Receipt>> ReceiveAsync(params Comment[] comments)
    {
        var receipts = await Intake.ReceiveAsync([.. comments.Select(c => new Arrival(c))], CancellationToken.None);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        return receipts;
    }

    /// <summary>Works on the queue until it is empty, as the host does: a message whose function fails stays.</summary>
    /// <returns>How many messages were done.</returns>
    public async Task<int> WorkAsync()
    {
        var queue = Queue(QueueNames.Comments);
        var done = 0;
        while ((await queue.ReceiveMessageAsync(TimeSpan.FromMinutes(5))).Value is { } message)
        {
            Taken.Push((message.MessageId, message.PopReceipt));
            await Make<ModerateComments>().Run(message.Body.ToString(), CancellationToken.None);
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            Taken.Pop();
            done++;
        }
        return done;
    }

    /// <summary>
    /// Works on the queue of mails until nothing in it can be seen. What is to come later lies there in real time: see <see cref="SmtpServer"/>.
    /// </summary>
    /// <returns>How many messages were done.</returns>
    public async Task<int> SendMailsAsync()
    {
        var queue = Queue(QueueNames.Mails);
        var done = 0;
        for (; (await queue.ReceiveMessageAsync(TimeSpan.FromMinutes(5))).Value is { } message; done++)
        {
            await Make<SendMails>().Run(message.Body.ToString(), CancellationToken.None);
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        }
        return done;
    }

    /// <summary>Messages that were taken and not finished: their function failed.</summary>
    public Stack<(string Id, string Receipt)> Taken { get; } = [];

    /// <summary>The lease on what was taken and not finished runs out: it can be taken again.</summary>
    public async Task LoseLeasesAsync()
    {
        foreach (var (id, receipt) in Taken)
            await Queue(QueueNames.Comments).UpdateMessageAsync(id, receipt, visibilityTimeout: TimeSpan.Zero);
        Taken.Clear();
    }

    /// <summary>Takes the next message without working on it; null if there is none.</summary>
    public async Task<QueueMessage?> TakeAsync() => (await Queue(QueueNames.Comments).ReceiveMessageAsync(TimeSpan.FromMinutes(5))).Value;

    /// <summary>A queue seen from the host's side: its requests are neither counted nor interfered with.</summary>
    public QueueClient Queue(string name) => new(ConnectionString, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    public async Task<IReadOnlyList<Outcome>> OutcomesAsync()
    {
        var query = new OutcomeQuery { Community = Demo, From = Year(2020), To = Year(2050), Limit = 1000 };
        return (await Get<IOutcomeReader>().QueryAsync(query, CancellationToken.None)).Outcomes;
    }

    private static DateTimeOffset Year(int year) => new(year, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public async Task<IReadOnlyList<TableEntity>> RowsAsync(TableClient table) => await table.QueryAsync<TableEntity>("").ToListAsync();

    /// <summary>Takes the tables and queues along: the emulator looks for each by walking past all that there are.</summary>
    public async ValueTask DisposeAsync()
    {
        var storage = Connect(ConnectionString, new Interference(), meter: null);
        await Task.WhenAll(
            new TableSet(storage.Tables).All.Select(t => (Task)t.DeleteAsync()).Concat(QueueNames.All.Select(q => storage.Queues.GetQueueClient(q).DeleteIfExistsAsync())));
        await _services.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static StorageConnection Connect(string connectionString, Interference interference, StorageMeter? meter)
    {
        var (tables, queues) = (new TableClientOptions(), new QueueClientOptions());
        tables.AddPolicy(interference, HttpPipelinePosition.PerCall);
        if (meter is not null)
            tables.AddPolicy(meter, HttpPipelinePosition.PerCall);
        queues.AddPolicy(interference, HttpPipelinePosition.PerCall);
        return StorageConnection.Open(connectionString, tables, queues);
    }
}
