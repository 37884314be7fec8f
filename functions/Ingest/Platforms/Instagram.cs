using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Ingest.Platforms;

/// <summary>
/// Comments under an Instagram professional account's media, fields <c>comments</c> and <c>live_comments</c>. Instagram reports
/// neither edits nor deletions, and no time of writing: the time of sending stands for it. Transport: <see cref="Meta"/>.
/// </summary>
public sealed class Instagram : IWebhookConnector
{
    public static readonly PlatformId Id = PlatformId.Parse("instagram");

    public PlatformId Platform => Id;

    public string SecretRule => "the app secret or the Instagram app secret (give both where it is not known which one signs), at least 16 characters";

    public SourceNeeds Needs => SourceNeeds.Secret | SourceNeeds.VerifyToken;

    public IResult? AnswerHandshake(WebhookRequest request, Source source) => Meta.AnswerHandshake(request, source);

    public bool IsAuthentic(WebhookRequest request, Source source, DateTimeOffset now) => Meta.IsAuthentic(request, source);

    public void Read(WebhookRequest request, Delivery delivery) => Meta.Read(request, delivery);

    internal static void Read(JsonElement value, JsonElement entry, Source source, Delivery delivery)
    {
        var (account, from) = (entry.Text("id"), value.Object("from"));
        if (account is not null && (from?.Text("id") == account || from?.Text("self_ig_scoped_id") == account))
        {
            delivery.Ignore("the account's own comment");
            return;
        }

        delivery.Take(source, Id, value, new Reading
        {
            Id = value.Text("id") ?? value.Text("comment_id"),
            Channel = account,
            ThreadId = value.Object("media")?.Text("id"),
            ParentId = value.Text("parent_id"),
            AuthorId = from?.Text("id"),
            AuthorName = from?.Text("username"),
            Text = value.Text("text"),
            CreatedAt = entry.Time("time", delivery.Now),
            EventId = "add",
        });
    }
}
