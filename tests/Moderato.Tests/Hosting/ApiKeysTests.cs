using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Tests.Support;
using Xunit;

namespace Moderato.Tests.Hosting;

public sealed class ApiKeysTests
{
    private static readonly Communities Communities = new(
        [.. new[] { "mine", "theirs" }.Select(id => new Community(CommunityId.Parse(id), id, TimeZoneInfo.Utc, "it", 7))]);

    private static readonly ApiKeys Keys = new(
        [
            new SettingsKey(new ApiKey("settings-0", "one", new HashSet<CommunityId> { CommunityId.Parse("mine") }, new HashSet<Scope> { Scope.Read }), Hash("key-of-mine")),
            new SettingsKey(new ApiKey("settings-1", "all", null, new HashSet<Scope> { Scope.Read, Scope.Ingest }), Hash("key-of-all")),
        ], Communities, new SomeKeys(), new FakeTime(new DateTimeOffset(2026, 3, 10, 9, 30, 0, TimeSpan.Zero)));

    [Theory]
    [InlineData("Bearer key-of-mine", "mine")]
    [InlineData("bearer key-of-mine", "mine")]
    [InlineData("Bearer  key-of-mine ", "mine")]
    [InlineData("Bearer key-of-all", "mine")]
    [InlineData("Bearer key-of-all", "theirs")]
    public async Task ARightKeyIsAdmitted(string header, string community)
    {
        var (admitted, refusal) = await Keys.AdmitAsync(Request(header), community, Scope.Read, CancellationToken.None);
        Assert.Null(refusal);
        Assert.Equal(community, admitted!.Id.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("key-of-mine")]
    [InlineData("Basic key-of-mine")]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer KEY-OF-MINE")]
    [InlineData("Bearer key-of-mine,Bearer key-of-mine")]
    [InlineData("Bearerkey-of-mine")]
    public async Task WithoutARightKeyNobodyLearnsWhatExists(string? header)
    {
        var answers = new List<(int, string)>();
        foreach (var community in new[] { "mine", "theirs", "nobodys", "No Good", "" })
            answers.Add(await AnswerAsync(Request(header), community, Scope.Read));
        Assert.Equal(401, answers[0].Item1);
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task AKeyForOneCommunityLearnsNothingAboutOthers()
    {
        var theirs = await AnswerAsync(Request("Bearer key-of-mine"), "theirs", Scope.Read);
        Assert.Equal(403, theirs.Status);
        Assert.Equal(theirs, await AnswerAsync(Request("Bearer key-of-mine"), "nobodys", Scope.Read));
        Assert.Equal(theirs, await AnswerAsync(Request("Bearer key-of-mine"), "No Good", Scope.Read));
        Assert.DoesNotContain("theirs", theirs.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mine", Scope.Ingest)]
    [InlineData("mine", Scope.Moderate)]
    [InlineData("mine", Scope.Admin)]
    [InlineData("nobodys", Scope.Ingest)]
    public async Task AKeyWithoutTheScopeIsForbidden(string community, Scope scope) =>
        Assert.Equal(403, (await AnswerAsync(Request("Bearer key-of-mine"), community, scope)).Status);

    [Theory]
    [InlineData("nobodys", 404)]
    [InlineData("No Good", 403)]
    [InlineData("", 403)]
    public async Task AKeyForAllMayKnowThatACommunityIsNotThere(string community, int status) =>
        Assert.Equal(status, (await AnswerAsync(Request("Bearer key-of-all"), community, Scope.Read)).Status);

    [Theory]
    [InlineData("Bearer key-of-mine", "settings-0")]
    [InlineData("Bearer key-of-all", "settings-1")]
    public async Task AnAdmittedRequestKnowsItsKey(string header, string id)
    {
        var request = Request(header);
        await Keys.AdmitAsync(request, "mine", Scope.Read, CancellationToken.None);
        Assert.Equal((id, false, 600), (ApiKeys.CallerOf(request).Id, ApiKeys.CallerOf(request).Apprentice, ApiKeys.CallerOf(request).RequestsPerMinute));
    }

    [Fact]
    public async Task TwoHeadersAreNoKey()
    {
        var request = Request(null);
        request.Headers.Authorization = new(["Bearer key-of-mine", "Bearer key-of-mine"]);
        Assert.Null((await Keys.AdmitAsync(request, "mine", Scope.Read, CancellationToken.None)).Community);
    }

    private static async Task<(int Status, string Body)> AnswerAsync(HttpRequest request, string community, Scope scope)
    {
        var (admitted, refusal) = await Keys.AdmitAsync(request, community, scope, CancellationToken.None);
        Assert.Null(admitted);
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;
        await refusal!.ExecuteAsync(context);
        return (context.Response.StatusCode, Encoding.UTF8.GetString(body.ToArray()));
    }

    private static HttpRequest Request(string? authorization)
    {
        var request = new DefaultHttpContext().Request;
        if (authorization is not null)
            request.Headers.Authorization = authorization;
        return request;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
