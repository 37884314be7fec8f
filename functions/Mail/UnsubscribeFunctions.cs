using Microsoft.AspNetCore.Http;
using Moderato.Hosting;

namespace Moderato.Mail;

/// <summary>Ending mails, by the link that each carries: with one click in the mail program (RFC 8058), or on a page.</summary>
public sealed class UnsubscribeFunctions(Subscriptions subscriptions, IMailStore store, TimeProvider time)
{
    /// <summary><c>GET /api/mails/unsubscribe/{token}</c>: says what is subscribed. Changes nothing: mail programs open links by themselves.</summary>
    [Function("GetUnsubscribe")]
    public async Task<IResult> Page(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "mails/unsubscribe/{token}")] HttpRequest request, string token, CancellationToken cancellationToken)
    {
        if (await subscriptions.OpenAsync(token, cancellationToken) is not { } subscription)
            return HtmlPage.UnknownLink();
        var about = await store.AboutAsync(subscription.Community.Id, subscription.Address, cancellationToken);
        return UnsubscribePage.Of(subscription, !about.Unsubscribed.Contains(subscription.Edition), isDone: false);
    }

    /// <summary>
    /// <c>POST /api/mails/unsubscribe/{token}</c>: a form with <c>List-Unsubscribe=One-Click</c>, as mail programs send it, or with
    /// <c>action</c> (<c>unsubscribe</c>, <c>subscribe</c>), as the page's button does.
    /// </summary>
    [Function("PostUnsubscribe")]
    public async Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "mails/unsubscribe/{token}")] HttpRequest request, string token, CancellationToken cancellationToken)
    {
        if (await subscriptions.OpenAsync(token, cancellationToken) is not { } subscription)
            return HtmlPage.UnknownLink();
        if (!request.HasFormContentType)
            return Problem.UnsupportedMediaType("Send a form: application/x-www-form-urlencoded, with 'action'.");
        bool? wanted = await FormBody.ReadAsync(request, cancellationToken) switch
        {
            { } form when form["List-Unsubscribe"] == "One-Click" || form["action"] == "unsubscribe" => false,
            { } form when form["action"] == "subscribe" => true,
            _ => null,
        };
        if (wanted is not { } isSubscribed)
            return Problem.Invalid("action", "'action' must be unsubscribe or subscribe.");
        await store.SubscribeAsync(subscription.Community.Id, subscription.Address, subscription.Edition, isSubscribed, time.GetUtcNow(), cancellationToken);
        return UnsubscribePage.Of(subscription, isSubscribed, isDone: true);
    }
}
