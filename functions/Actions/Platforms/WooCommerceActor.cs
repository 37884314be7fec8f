using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Actions.Platforms;

/// <summary>WooCommerce's reviews. Token: a consumer's <c>key:secret</c> that may write. Answers go through WordPress, as the plugin's source.</summary>
public sealed class WooCommerceActor : IActor
{
    public PlatformId Platform { get; } = PlatformId.Parse("woocommerce");

    public IReadOnlyList<Lever> Levers => WordPressActor.Statuses;

    public async Task<string?> ActAsync(PlatformHttp http, Order order, CancellationToken cancellationToken)
    {
        var review = WordPressActor.Below(order, $"wc/v3/products/reviews/{order.Id}");
        var now = await http.SendAsync(WordPressActor.Authorize(Asking.To(HttpMethod.Get, review), order), WordPressActor.Judge, cancellationToken);
        await WordPressActor.SetStatusAsync(http, order, HttpMethod.Put, review, now.Body.Text("status"), cancellationToken);
        return null;
    }
}
