using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Hosting;
using Xunit;

namespace Moderato.Tests.Hosting;

public sealed class ProblemTests
{
    public static TheoryData<string, int> All => new()
    {
        { "invalid-request", 400 }, { "unauthorized", 401 }, { "forbidden", 403 }, { "not-found", 404 }, { "too-large", 413 }, { "unsupported-media-type", 415 },
        { "unavailable", 503 }, { "bad-request", 408 },
    };

    [Theory]
    [MemberData(nameof(All))]
    public async Task EveryProblemHasItsTypeAndItsHeaders(string type, int status)
    {
        var (headers, body) = await SendAsync(Of(type));
        Assert.StartsWith("application/problem+json", headers.ContentType.ToString(), StringComparison.Ordinal);
        Assert.Equal("nosniff", headers.XContentTypeOptions.ToString());
        Assert.Equal(($"/api/problems/{type}", status), (body.GetProperty("type").GetString(), body.GetProperty("status").GetInt32()));
        Assert.NotEmpty(body.GetProperty("title").GetString()!);
        Assert.NotEmpty(body.GetProperty("detail").GetString()!);
        Assert.Equal(status == 401 ? "Bearer" : "", headers.WWWAuthenticate.ToString());
        Assert.Equal(status == 503 ? "5" : "", headers.RetryAfter.ToString());
        Assert.Equal(status == 400, body.TryGetProperty("errors", out _));
        Assert.False(body.TryGetProperty("name", out _) || body.TryGetProperty("retryAfterSeconds", out _));
    }

    [Fact]
    public async Task EveryErrorIsListed()
    {
        var (_, body) = await SendAsync(Problem.Invalid([new FieldError("a", "A is wrong."), new FieldError("b", "Perché b è sbagliato.")]));
        Assert.Equal("There are 2 problems; see errors.", body.GetProperty("detail").GetString());
        Assert.Equal(["a", "b"], body.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString()));
        Assert.Equal("Perché b è sbagliato.", body.GetProperty("errors")[1].GetProperty("message").GetString());
    }

    [Fact]
    public async Task ASingleErrorIsTheDetail() => Assert.Equal("A is wrong.", (await SendAsync(Problem.Invalid("a", "A is wrong."))).Body.GetProperty("detail").GetString());

    private static IResult Of(string type) => type switch
    {
        "invalid-request" => Problem.Invalid("a", "A is wrong."),
        "unauthorized" => Problem.Unauthorized("x"),
        "forbidden" => Problem.Forbidden("x"),
        "not-found" => Problem.NotFound("x"),
        "too-large" => Problem.OfStatus(413, "x"),
        "unsupported-media-type" => Problem.UnsupportedMediaType("x"),
        "bad-request" => Problem.OfStatus(408, "x"),
        _ => Problem.Unavailable(),
    };

    private static async Task<(IHeaderDictionary Headers, JsonElement Body)> SendAsync(IResult problem)
    {
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;
        await problem.ExecuteAsync(context);
        using var document = JsonDocument.Parse(body.ToArray());
        Assert.Equal(document.RootElement.GetProperty("status").GetInt32(), context.Response.StatusCode);
        return (context.Response.Headers, document.RootElement.Clone());
    }
}
