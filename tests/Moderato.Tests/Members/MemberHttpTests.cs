using Moderato.Members;
using Moderato.Tests.Ingest.Platforms;
using Xunit;

namespace Moderato.Tests.Members;

/// <summary>Members over HTTP: pages, refusals, names.</summary>
public sealed class MemberHttpTests : IAsyncLifetime
{
    private Story _story = null!;

    public async Task InitializeAsync() => _story = await Story.BeginAsync();

    public async Task DisposeAsync() => await _story.DisposeAsync();

    [Theory]
    [InlineData("", 7)]
    [InlineData("&group=first-timer", 7)]
    [InlineData("&platform=facebook", 2)]
    [InlineData("&platform=facebook&group=offender", 0)]
    public async Task EveryMemberComesOnceOverThePages(string query, int expected)
    {
        for (var i = 0; i < 7; i++)
            await _story.WriteAsync($"author {i}/ü", Story.Calm, platform: i < 2 ? "facebook" : "instagram");
        await _story.CountAsync();
        foreach (var limit in new[] { 1, 2, 3, 7, 1000 })
        {
            var seen = new List<string>();
            string? cursor = null;
            do
            {
                var (status, page) = await _story.ListAsync($"?limit={limit}{query}{(cursor is null ? "" : $"&cursor={cursor}")}");
                Assert.Equal((200, cursor is null), (status, page["people"] is not null));
                Assert.InRange(page["items"]!.AsArray().Count, expected == 0 ? 0 : 1, limit);
                seen.AddRange(page["items"]!.AsArray().Select(i => $"{i!["platform"]} {i["author"]} {i["name"]}"));
                cursor = (string?)page["nextCursor"];
            }
            while (cursor is not null);
            Assert.Equal(expected, seen.Distinct().Count());
            Assert.Equal(expected, seen.Count);
        }
    }

    [Fact]
    public async Task EverythingWrongIsSaidAtOnce()
    {
        var (status, wrong) = await _story.ListAsync("?group=friends&platform=A+B&limit=1001&cursor=x&colour=red");
        Assert.Equal(400, status);
        Assert.Equal(["colour", "group", "platform", "limit", "cursor"], wrong["errors"]!.AsArray().Select(e => (string?)e!["field"]));
        Assert.Contains("first-timer, regular, standard-bearer, at-risk, won-back, offender", (string?)wrong["errors"]![1]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACursorBelongsToItsQuery()
    {
        await _story.WriteAsync("anna", Story.Calm);
        await _story.WriteAsync("bruno", Story.Calm);
        await _story.CountAsync();
        var cursor = (string?)(await _story.ListAsync("?limit=1")).Json["nextCursor"];
        Assert.Equal(200, (await _story.ListAsync($"?cursor={cursor}")).Status);
        Assert.Equal(400, (await _story.ListAsync($"?cursor={cursor}&platform=instagram")).Status);
        Assert.Equal(400, (await _story.ListAsync($"?cursor={cursor}&group=regular")).Status);
        Assert.Equal(400, (await _story.ListAsync("?cursor=bm8")).Status);
    }

    [Theory]
    [InlineData("nobody", "instagram")]
    [InlineData("anna", "facebook")]
    [InlineData("anna", "Insta Gram")]
    public async Task WhoNeverWroteIsUnknown(string author, string platform)
    {
        await _story.WriteAsync("anna", Story.Calm);
        Assert.Equal(200, (await _story.OneAsync("anna")).Status);
        Assert.Equal(404, (await _story.OneAsync(author, platform)).Status);
    }

    [Fact]
    public async Task AProfileAloneIsNobody()
    {
        await _story.SayAsync("ghost", new Moderato.Policy.AuthorProfile(true, false, []));
        await _story.CountAsync();
        Assert.Empty((await _story.ListAsync()).Json["items"]!.AsArray());
        Assert.Equal(404, (await _story.OneAsync("ghost")).Status);
    }

    [Fact]
    public async Task ARemovedCommentsNameIsNotShownAndItsDecisionStays()
    {
        var insult = await _story.WriteAsync("anna", Story.Insult);
        await _story.CountAsync();
        Assert.Equal("ANNA", (string?)(await _story.ListAsync()).Json["items"]![0]!["name"]);
        await _story.ReceiveAsync(insult.AsTombstone());
        var item = (await _story.ListAsync()).Json["items"]![0]!;
        Assert.Equal((null, 1), ((string?)item["name"], (int)item["strikes"]!));
        var anna = (await _story.OneAsync("anna")).Json;
        Assert.Equal((null, 1, 1), ((string?)anna["name"], (int)anna["comments"]!, anna["strikes"]!.AsArray().Count));
        Assert.DoesNotContain(await _story.RowsAsync(), r => r.Contains("ANNA", StringComparison.Ordinal) || r.Contains("cretino", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WithoutAKeyNothingIsSaid()
    {
        var functions = _story.World.Make<MemberFunctions>();
        var request = Story.Request();
        request.Headers.Authorization = "";
        Assert.Equal(401, (await SignatureTests.ExecuteAsync(await functions.List(request, "demo", CancellationToken.None))).Status);
        Assert.Equal(401, (await SignatureTests.ExecuteAsync(await functions.One(request, "demo", "instagram", "anna", CancellationToken.None))).Status);
        Assert.Equal(404, (await SignatureTests.ExecuteAsync(await functions.List(Story.Request(), "other", CancellationToken.None))).Status);
    }
}
