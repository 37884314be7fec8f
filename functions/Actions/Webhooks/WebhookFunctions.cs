using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Actions.Webhooks;

/// <summary>An endpoint as the HTTP interface shows it: the address without its query, which may hold a secret.</summary>
public sealed record EndpointView(string Id, string Address, IReadOnlyList<string> Events, bool On, string? OffBecause, DateTimeOffset? OffSince);

/// <summary>A delivery as the HTTP interface shows it.</summary>
public sealed record DeliveryView(
    string Id, string Type, DeliveryState State, int Attempts, string? LastResult, DateTimeOffset CreatedAt, DateTimeOffset? LastTriedAt, DateTimeOffset? NextAt);

/// <summary>A community's endpoints.</summary>
public sealed record EndpointList(IReadOnlyList<EndpointView> Webhooks);

/// <summary>Deliveries of one endpoint, newest first.</summary>
public sealed record DeliveryList(IReadOnlyList<DeliveryView> Deliveries);

/// <summary>The user's own endpoints over HTTP: how they are, what was sent, sending again, switching on again.</summary>
public sealed partial class WebhookFunctions(Endpoints endpoints, IWebhookStore store, Announcer announcer, Communities communities, ApiKeys keys, AuditTrail audit, TimeProvider time, ILogger<WebhookFunctions> logger)
{
    private const int MostDeliveries = 200;
    private static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    [Function("GetWebhooks")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/webhooks")] HttpRequest request, string community, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, Scope.Read, cancellationToken);
        if (admitted is null)
            return refusal!;
        var views = new List<EndpointView>();
        foreach (var endpoint in endpoints.Of(admitted.Id))
        {
            var off = await store.FindSwitchedOffAsync(endpoint, cancellationToken);
            views.Add(new EndpointView(endpoint.Id, endpoint.Address.GetLeftPart(UriPartial.Path), endpoint.Events, off is null, off?.Reason, off?.At));
        }
        return Answer.Json(new EndpointList(views));
    }

    [Function("GetDeliveries")]
    public async Task<IResult> Deliveries(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "communities/{community}/webhooks/{id}/deliveries")] HttpRequest request,
        string community, string id, CancellationToken cancellationToken)
    {
        var (endpoint, refusal) = await FindAsync(request, community, id, Scope.Read, cancellationToken);
        if (endpoint is null)
            return refusal!;
        var limit = 50;
        if (request.Query["limit"] is [{ } text] && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is 0 or > MostDeliveries))
            return Problem.Invalid("limit", $"'limit' must be a whole number from 1 to {MostDeliveries}.");
        return Answer.Json(new DeliveryList([.. (await store.NewestAsync(endpoint, limit, cancellationToken)).Select(View)]));
    }

    [Function("ResendDelivery")]
    public async Task<IResult> Resend(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/webhooks/{id}/deliveries/{delivery}/resend")] HttpRequest request,
        string community, string id, string delivery, CancellationToken cancellationToken)
    {
        var (endpoint, refusal) = await FindAsync(request, community, id, Scope.Admin, cancellationToken);
        if (endpoint is null)
            return refusal!;
        if (await store.FindAsync(endpoint, delivery, cancellationToken) is not { } found)
            return Problem.NotFound("This webhook has no such delivery, or it is older than 30 days.");
        var again = found with { State = DeliveryState.Pending, Attempts = 0, NextAt = null };
        await audit.NoteAsync(request, endpoint.Community, Acts.DeliveryResent, $"{endpoint.Id}/{found.Id}", null, null, cancellationToken);
        await store.SaveAsync(again, cancellationToken);
        await store.EnqueueAsync(again, TimeSpan.Zero, cancellationToken);
        return Answer.Json(View(again), StatusCodes.Status202Accepted);
    }

    [Function("EnableWebhook")]
    public async Task<IResult> Enable(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/webhooks/{id}/enable")] HttpRequest request,
        string community, string id, CancellationToken cancellationToken)
    {
        var (endpoint, refusal) = await FindAsync(request, community, id, Scope.Admin, cancellationToken);
        if (endpoint is null)
            return refusal!;
        await audit.NoteAsync(request, endpoint.Community, Acts.WebhookEnabled, endpoint.Id, null, null, cancellationToken);
        await store.SwitchAsync(endpoint, null, cancellationToken);
        return Answer.Json(View(await announcer.TestAsync(endpoint, cancellationToken)), StatusCodes.Status202Accepted);
    }

    [Function("TestWebhook")]
    public async Task<IResult> Test(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "communities/{community}/webhooks/{id}/test")] HttpRequest request,
        string community, string id, CancellationToken cancellationToken)
    {
        var (endpoint, refusal) = await FindAsync(request, community, id, Scope.Admin, cancellationToken);
        return endpoint is null ? refusal! : Answer.Json(View(await announcer.TestAsync(endpoint, cancellationToken)), StatusCodes.Status202Accepted);
    }

    /// <summary>Every night: forgets deliveries older than 30 days.</summary>
    [Function("ForgetDeliveries")]
    public Task Forget([TimerTrigger("0 40 3 * * *")] TimerInfo timer, CancellationToken cancellationToken) => communities.ForEachAsync(
        async community =>
        {
            foreach (var endpoint in endpoints.Of(community.Id))
                await store.ForgetAsync(endpoint, time.GetUtcNow() - Memory, cancellationToken);
        },
        (failure, community) => Log.Failed(logger, failure, community),
        cancellationToken);

    private async Task<(Endpoint? Endpoint, IResult? Refusal)> FindAsync(HttpRequest request, string community, string id, Scope scope, CancellationToken cancellationToken)
    {
        var (admitted, refusal) = await keys.AdmitAsync(request, community, scope, cancellationToken);
        if (admitted is null)
            return (null, refusal);
        return endpoints.Find(admitted.Id, id) is { } endpoint ? (endpoint, null) : (null, Problem.NotFound("This community has no such webhook in the settings."));
    }

    private static DeliveryView View(WebhookDelivery d) => new(d.Id, d.Type, d.State, d.Attempts, d.LastResult, d.CreatedAt, d.LastTriedAt, d.NextAt);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Old deliveries of {Community} could not be forgotten.")]
        public static partial void Failed(ILogger logger, Exception exception, CommunityId community);
    }
}
