using System.Globalization;
using System.Text.Json;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Actions.Platforms;

/// <summary>
/// GitHub, by its GraphQL interface: comments of issues, pull requests and discussions are minimized. Token: an installation's, or a
/// personal one that may write. To block an author the source's account is the organization.
/// </summary>
public sealed class GitHubActor : IActor
{
    private static readonly Uri Default = new("https://api.github.com");

    public PlatformId Platform { get; } = PlatformId.Parse("github");

    public IReadOnlyList<Lever> Levers { get; } =
    [
        new(ActionKind.Hide, ActionKind.Unhide, "minimizeComment ABUSE"),
        new(ActionKind.Unhide, ActionKind.Hide, "unminimizeComment"),
        new(ActionKind.MarkSpam, ActionKind.UnmarkSpam, "minimizeComment SPAM"),
        new(ActionKind.UnmarkSpam, ActionKind.MarkSpam, "unminimizeComment"),
        new(ActionKind.Delete, null, "deleteIssueComment or deleteDiscussionComment"),
        new(ActionKind.Reply, null, "addComment or addDiscussionComment"),
        new(ActionKind.BanAuthor, ActionKind.UnbanAuthor, "PUT /orgs/{org}/blocks/{user}"),
        new(ActionKind.UnbanAuthor, ActionKind.BanAuthor, "DELETE /orgs/{org}/blocks/{user}"),
    ];

    public async Task<string?> ActAsync(PlatformHttp http, Order order, CancellationToken cancellationToken)
    {
        var root = order.Source.Address ?? Default;
        if (order.Action.Kind is ActionKind.BanAuthor or ActionKind.UnbanAuthor)
        {
            var (organization, login) = (order.Source.Account, order.Comment.Author?.Name);
            if (organization is null || login is null)
                throw new PlatformException(FailureKind.Refused, "the source has no account (the organization), or the author is not known");
            var method = order.Action.Kind == ActionKind.BanAuthor ? HttpMethod.Put : HttpMethod.Delete;
            await http.SendAsync(Prepare(Asking.To(method, root.Below($"orgs/{organization.Split('/')[0]}/blocks/{Uri.EscapeDataString(login)}"), order.Token)), JudgeBlock, cancellationToken);
            return null;
        }

        var isDiscussion = order.Comment.Permalink?.Contains("/discussions/", StringComparison.Ordinal) is true;
        var (mutation, made) = order.Action.Kind switch
        {
            ActionKind.Hide => ("mutation($id:ID!){minimizeComment(input:{subjectId:$id,classifier:ABUSE}){minimizedComment{isMinimized}}}", null),
            ActionKind.MarkSpam => ("mutation($id:ID!){minimizeComment(input:{subjectId:$id,classifier:SPAM}){minimizedComment{isMinimized}}}", null),
            ActionKind.Unhide or ActionKind.UnmarkSpam => ("mutation($id:ID!){unminimizeComment(input:{subjectId:$id}){unminimizedComment{isMinimized}}}", null),
            ActionKind.Delete when isDiscussion => ("mutation($id:ID!){deleteDiscussionComment(input:{id:$id}){clientMutationId}}", null),
            ActionKind.Delete => ("mutation($id:ID!){deleteIssueComment(input:{id:$id}){clientMutationId}}", null),
            _ when isDiscussion => ("mutation($id:ID!,$on:ID!,$body:String!){addDiscussionComment(input:{discussionId:$on,body:$body,replyToId:$id}){comment{id}}}", "addDiscussionComment"),
            _ => ("mutation($on:ID!,$body:String!){addComment(input:{subjectId:$on,body:$body}){commentEdge{node{id}}}}", "addComment"),
        };
        var variables = new Dictionary<string, string?> { ["id"] = order.Id };
        if (made is not null)
        {
            variables["on"] = order.Comment.ThreadId ?? throw new PlatformException(FailureKind.Refused, "what was commented on is not known");
            variables["body"] = order.Text;
            if (!isDiscussion)
                variables.Remove("id");
        }
        var answer = await http.SendAsync(Prepare(Asking.Json(HttpMethod.Post, root.Below("graphql"), new { query = mutation, variables }, order.Token)), Judge, cancellationToken);
        var data = answer.Body.Field("data").Field(made ?? "");
        return data.Field("comment").Text("id") ?? data.Field("commentEdge").Field("node").Text("id");
    }

    private static HttpRequestMessage Prepare(HttpRequestMessage request)
    {
        request.Headers.Accept.ParseAdd("application/vnd.github+json");
        request.Headers.Add("X-GitHub-Api-Version", "2022-11-28");
        return request;
    }

    private static PlatformException? JudgeBlock(HttpResponseMessage response, JsonElement body) =>
        (int)response.StatusCode == 422 ? new PlatformException(FailureKind.AlreadyDone, "blocked already") : Judge(response, body);

    private static PlatformException? Judge(HttpResponseMessage response, JsonElement body)
    {
        if ((int)response.StatusCode is 403 or 429)
        {
            if (response.Headers.RetryAfter?.Delta is { } wait)
                return new PlatformException(FailureKind.Later, "GitHub's secondary limit", wait);
            if (response.Headers.TryGetValues("x-ratelimit-remaining", out var left) && left.First() == "0")
            {
                var reset = response.Headers.TryGetValues("x-ratelimit-reset", out var values) && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var at)
                    ? DateTimeOffset.FromUnixTimeSeconds(at) - (response.Headers.Date ?? DateTimeOffset.FromUnixTimeSeconds(at)) : TimeSpan.Zero;
                return new PlatformException(FailureKind.Later, "GitHub's limit", reset > TimeSpan.Zero ? reset : TimeSpan.FromMinutes(1));
            }
        }
        return body.List("errors").FirstOrDefault().Text("type") switch
        {
            null when body.List("errors").Any() => new PlatformException(FailureKind.Refused, "GitHub refuses"),
            null => null,
            "NOT_FOUND" => new PlatformException(FailureKind.Gone, "there is no such comment"),
            "RATE_LIMITED" => new PlatformException(FailureKind.Later, "GitHub's limit", TimeSpan.FromMinutes(1)),
            _ => new PlatformException(FailureKind.Refused, "GitHub refuses"),
        };
    }
}
