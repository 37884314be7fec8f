using Azure.Core;
using Azure.Core.Pipeline;

namespace Moderato.Storage.Tables;

/// <summary>A table service: one storage account, or the emulator. One instance serves the whole process; it is safe for any number of threads.</summary>
public sealed class TableServiceClient
{
    private const string TokenScope = "https://storage.azure.com/.default";

    private readonly TablePipeline _pipeline;

    /// <param name="connectionString">With an account key, or <c>UseDevelopmentStorage=true</c>. Shared access signatures are not supported.</param>
    /// <param name="options">Retries, transport and policies.</param>
    /// <exception cref="FormatException">The connection string cannot be used; the message lists every reason.</exception>
    public TableServiceClient(string connectionString, TableClientOptions? options = null)
        : this(TableConnectionString.Parse(connectionString), options)
    {
    }

    /// <param name="endpoint">Such as <c>https://account.table.core.windows.net</c>, or with the account as its path.</param>
    /// <param name="credential">The account's key.</param>
    /// <param name="options">Retries, transport and policies.</param>
    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions? options = null)
        : this(endpoint, new SharedKeyLitePolicy(credential), options)
    {
    }

    /// <param name="endpoint">Such as <c>https://account.table.core.windows.net</c>. A token is only ever sent over https.</param>
    /// <param name="credential">An identity that has a Storage Table Data role on the account.</param>
    /// <param name="options">Retries, transport and policies.</param>
    public TableServiceClient(Uri endpoint, TokenCredential credential, TableClientOptions? options = null)
        : this(endpoint, new BearerTokenAuthenticationPolicy(credential, TokenScope), options)
    {
    }

    private TableServiceClient(TableConnectionString connection, TableClientOptions? options)
        : this(connection.Endpoint, connection.Credential, options)
    {
    }

    private TableServiceClient(Uri endpoint, HttpPipelinePolicy authentication, TableClientOptions? options)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        _pipeline = new TablePipeline(
            endpoint,
            HttpPipelineBuilder.Build(options ?? new TableClientOptions(), [], [new RequestDatePolicy(), authentication], new ResponseClassifier()));

    }

    /// <summary>The service's address.</summary>
    public Uri Uri => _pipeline.Endpoint;

    /// <summary>Makes no request; the table need not exist.</summary>
    /// <exception cref="ArgumentException">No table can have this name.</exception>
    public TableClient GetTableClient(string tableName) => new(_pipeline, tableName);
}
