using Azure.Identity;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Moderato.Comments;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>
/// Opens the storage account that the Functions host uses too. Setting <c>AzureWebJobsStorage</c>: a connection string
/// (<c>UseDevelopmentStorage=true</c> for the emulator). Or, with an identity instead of a key, the prefix
/// <c>AzureWebJobsStorage__</c> with <c>accountName</c>, or <c>queueServiceUri</c> and <c>tableServiceUri</c>, and <c>clientId</c> for a
/// user-assigned identity. A plain setting wins over the prefix, as in the host.
/// </summary>
public sealed class StorageConnection
{
    public const string Setting = "AzureWebJobsStorage";

    /// <summary>The host's default for queue messages; host.json says the same.</summary>
    public const QueueMessageEncoding MessageEncoding = QueueMessageEncoding.Base64;

    public required TableServiceClient Tables { get; init; }
    public required QueueServiceClient Queues { get; init; }

    public QueueClient CommentsQueue => Queues.GetQueueClient(QueueNames.Comments);

    /// <summary>What is wrong with the settings, naming what would be right; null if nothing is. Repeats no value: it holds a key.</summary>
    public static string? ProblemWith(IConfiguration configuration)
    {
        var section = configuration.GetSection(Setting);
        if (section.Value is { Length: > 0 } connectionString)
        {
            try
            {
                Open(connectionString, new TableClientOptions(), new QueueClientOptions());
                return null;
            }
            catch (Exception wrong) when (wrong is FormatException or ArgumentException)
            {
                return $"{Setting} is no storage connection string: {wrong.Message}";
            }
        }
        return AddressOf(section, "table") is null || AddressOf(section, "queue") is null
            ? $"{Setting} is missing: set it to a storage connection string (UseDevelopmentStorage=true for the emulator), or set {Setting}__accountName to use an identity."
            : null;
    }

    /// <summary>Opens the account of settings that <see cref="ProblemWith"/> has no problem with.</summary>
    public static StorageConnection Open(IConfiguration configuration)
    {
        var section = configuration.GetSection(Setting);
        if (section.Value is { Length: > 0 } connectionString)
            return Open(connectionString, new TableClientOptions(), new QueueClientOptions());

        return new StorageConnection
        {
            Tables = new TableServiceClient(AddressOf(section, "table")!, CredentialOf(section)),
            Queues = FindQueues(section, new QueueClientOptions { MessageEncoding = MessageEncoding })!,
        };
    }

    /// <summary>The queues of a connection, whose settings are as those above under a name of its own; null if they say nothing.</summary>
    /// <exception cref="FormatException">It is no connection string.</exception>
    /// <exception cref="ArgumentException">Nor is it that.</exception>
    public static QueueServiceClient? FindQueues(IConfigurationSection connection, QueueClientOptions options) =>
        connection.Value is { Length: > 0 } connectionString ? new QueueServiceClient(connectionString, options)
        : AddressOf(connection, "queue") is { } address ? new QueueServiceClient(address, CredentialOf(connection), options)
        : null;

    public static StorageConnection Open(string connectionString, TableClientOptions tableOptions, QueueClientOptions queueOptions)
    {
        queueOptions.MessageEncoding = MessageEncoding;
        return new StorageConnection
        {
            Tables = new TableServiceClient(connectionString, tableOptions),
            Queues = new QueueServiceClient(connectionString, queueOptions),
        };
    }

    private static ManagedIdentityCredential CredentialOf(IConfigurationSection section) => new(
        section["clientId"] is { Length: > 0 } clientId ? ManagedIdentityId.FromUserAssignedClientId(clientId) : ManagedIdentityId.SystemAssigned);

    private static Uri? AddressOf(IConfigurationSection section, string service) =>
        Uri.TryCreate(section[$"{service}ServiceUri"], UriKind.Absolute, out var address) ? address
        : section["accountName"] is { Length: > 0 } account ? new Uri($"https://{account}.{service}.core.windows.net")
        : null;
}
