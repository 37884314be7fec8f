using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Ingest.Platforms;

/// <summary>
/// WooCommerce: reviews of a shop's products. <c>X-WC-Webhook-Signature</c> is the base64 HMAC-SHA256 of the raw body. WooCommerce has no
/// topic for reviews, so webhooks of the custom topics <c>action.comment_post</c>, <c>action.edit_comment</c>,
/// <c>action.deleted_comment</c> bring a comment's id only, and the shop is asked for the review. Creating a webhook sends a form that is
/// not signed and wants 200; there is nothing in it. A failed delivery is never repeated, and five in a row switch the webhook off.
/// </summary>
public sealed class WooCommerce : IFetchingConnector
{
    public static readonly PlatformId Id = PlatformId.Parse("woocommerce");

    public PlatformId Platform => Id;

    public string SecretRule => "the webhook's secret, at least 16 characters";

    public SourceNeeds Needs => SourceNeeds.Secret | SourceNeeds.Address | SourceNeeds.Token;

    public IResult? AnswerHandshake(WebhookRequest request, Source source) =>
        request.IsPost && request.Header("X-WC-Webhook-Signature") is null && request.Body.Span.StartsWith("webhook_id="u8) ? Results.Ok() : null;

    public bool IsAuthentic(WebhookRequest request, Source source, DateTimeOffset now) =>
        HmacSignature.IsBase64(request.Header("X-WC-Webhook-Signature"), "", source.Secrets, [], request.Body.Span);

    public void Read(WebhookRequest request, Delivery delivery)
    {
        using var document = JsonText.Parse(request.Body);
        var root = document.RootElement;
        switch (root.Text("action"))
        {
            case "comment_post" or "edit_comment" or "wp_set_comment_status" when root.Number("arg") is { } id:
                delivery.FetchLater(id.ToString(CultureInfo.InvariantCulture));
                break;
            case "deleted_comment" when root.Number("arg") is { } id:
                delivery.Take(delivery.Source, Id, root, Removed(delivery.Source, id.ToString(CultureInfo.InvariantCulture)));
                break;
            case "comment_post" or "edit_comment" or "deleted_comment":
                delivery.Park("a review without a readable id", root);
                break;
            default:
                delivery.Ignore("an event other than a review");
                break;
        }
    }

    public async Task FetchAsync(PlatformHttp http, Source source, string id, Delivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await http.GetAsync(
                new Uri(source.Address!, $"{source.Address!.AbsolutePath.TrimEnd('/')}/wp-json/wc/v3/products/reviews/{id}"), Authorize(source), cancellationToken);
            Take(answer.Body, source, delivery);
        }
        catch (PlatformException gone) when (gone.Kind == FailureKind.Gone)
        {
            // A comment of the blog is no review, and has no place here; what was a review once is no more.
            delivery.Take(source, Id, default, Removed(source, id));
        }
    }

    internal static Action<HttpRequestHeaders> Authorize(Source source) => headers =>
        headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(source.Token!)));

    private static Reading Removed(Source source, string id) => new() { Id = source.OwnId(id), Channel = source.Id, Removed = true, EventId = "delete" };

    private static void Take(JsonElement review, Source source, Delivery delivery)
    {
        var text = review.Text("review");
        delivery.Take(source, Id, review, new Reading
        {
            Id = source.OwnId(review.Text("id")),
            Channel = source.Id,
            ThreadId = source.OwnId(review.Text("product_id")),
            Permalink = review.Text("product_permalink"),
            AuthorId = WordPress.Guest(source, review.Text("reviewer_email")),
            AuthorName = review.Text("reviewer"),
            Text = text is null ? null : PlainText.FromHtml(text),
            Stars = (int?)review.Number("rating"),
            // WooCommerce keeps no time of an edit: versions follow in the order they are asked for.
            CreatedAt = WordPress.TimeInUtc(review, "date_created_gmt", delivery.Now),
        });
    }
}
