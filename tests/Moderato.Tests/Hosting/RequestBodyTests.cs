using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Moderato.Hosting;
using Moderato.Tests.Ingest;
using Xunit;

namespace Moderato.Tests.Hosting;

public sealed class RequestBodyTests
{
    private static readonly byte[] Body = "{\"a\":\"perché\"}"u8.ToArray();

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=\"UTF-8\"")]
    [InlineData("Application/JSON")]
    [InlineData("application/problem+json")]
    [InlineData("application/vnd.meta+json; v=1")]
    public async Task JsonInUtf8IsReadAsItCame(string contentType)
    {
        var (bytes, refusal) = await ReadAsync(Body, contentType);
        Assert.Null(refusal);
        Assert.Equal(Body, bytes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("text/html")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/jsonx")]
    [InlineData("json")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("application/json; charset=utf-16")]
    public async Task AnythingElseIsAnUnsupportedMediaType(string? contentType) => Assert.Equal(415, await StatusAsync(Body, contentType));

    [Theory]
    [InlineData("gzip", null)]
    [InlineData("GZip", null)]
    [InlineData("br", 415)]
    [InlineData("gzip, gzip", 415)]
    [InlineData("deflate", 415)]
    public async Task OnlyGzipIsUnpacked(string encoding, int? status) => Assert.Equal(status, await StatusAsync(Pack(Body), encoding: encoding));

    [Theory]
    [InlineData("text/plain", "gzip")]
    [InlineData(null, "")]
    public async Task ASignedBodyIsTakenAsItIsWhateverItSaysOfItself(string? contentType, string encoding)
    {
        var (bytes, refusal) = await RequestBody.ReadSignedAsync(Context(Body, contentType, encoding).Request, CancellationToken.None);
        Assert.Null(refusal);
        Assert.Equal(Body, bytes);
    }

    [Theory]
    [InlineData(RequestBody.Longest, null)]
    [InlineData(RequestBody.Longest + 1, 413)]
    public async Task ASignedBodyHasTheSameBound(int length, int? status)
    {
        var (_, refusal) = await RequestBody.ReadSignedAsync(Context(new byte[length], "application/json", "").Request, CancellationToken.None);
        Assert.Equal(status, refusal is null ? null : await refusal.StatusAsync());
    }

    [Fact]
    public async Task APackedBodyIsUnpacked() => Assert.Equal(Body, (await ReadAsync(Pack(Body), encoding: "gzip")).Bytes);

    [Fact]
    public async Task AnEncodingThatChangesNothingIsTaken() => Assert.Equal(Body, (await ReadAsync(Body, encoding: "identity")).Bytes);

    [Fact]
    public async Task WhatOnlySaysThatItIsPackedIsRefused() => Assert.Equal(400, await StatusAsync(Body, encoding: "gzip"));

    [Fact]
    public async Task ADamagedPackageIsRefused()
    {
        var packed = Pack(Body);
        packed[^8] ^= 0xFF; // the checksum
        Assert.Equal(400, await StatusAsync(packed, encoding: "gzip"));
        packed[0] ^= 0xFF;
        Assert.Equal(400, await StatusAsync(packed, encoding: "gzip"));
    }

    [Theory]
    [InlineData(RequestBody.Longest, null)]
    [InlineData(RequestBody.Longest + 1, 413)]
    [InlineData(64 * 1024 * 1024, 413)]
    public async Task APackedBodyIsMeasuredUnpacked(int length, int? status)
    {
        var packed = Pack(new byte[length]);
        Assert.InRange(packed.Length, 0, length / 50);
        Assert.Equal(status, await StatusAsync(packed, encoding: "gzip"));
    }

    [Theory]
    [InlineData(RequestBody.Longest, null)]
    [InlineData(RequestBody.Longest + 1, 413)]
    public async Task TheLongestIsTakenAndOneByteMoreIsNot(int length, int? status) => Assert.Equal(status, await StatusAsync(new byte[length]));

    [Fact]
    public async Task AnAnnouncedLengthIsRefusedUnread()
    {
        var context = Context(Body, "application/json", "");
        context.Request.ContentLength = RequestBody.Longest + 1;
        var (bytes, refusal) = await RequestBody.ReadJsonAsync(context.Request, CancellationToken.None);
        Assert.Equal((413, 0), (await refusal.StatusAsync(), bytes.Length));
        Assert.Equal(0, context.Request.Body.Position);
    }

    [Fact]
    public async Task AnEmptyBodyIsRead() => Assert.Empty((await ReadAsync([])).Bytes);

    private static async Task<int?> StatusAsync(byte[] body, string? contentType = "application/json", string encoding = "")
    {
        var (bytes, refusal) = await ReadAsync(body, contentType, encoding);
        if (refusal is null)
            return null;
        Assert.Empty(bytes);
        return await refusal.StatusAsync();
    }

    private static Task<(byte[] Bytes, IResult? Refusal)> ReadAsync(
        byte[] body, string? contentType = "application/json", string encoding = "") =>
        RequestBody.ReadJsonAsync(Context(body, contentType, encoding).Request, CancellationToken.None);

    private static DefaultHttpContext Context(byte[] body, string? contentType, string encoding)
    {
        var context = new DefaultHttpContext();
        context.Request.ContentType = contentType;
        context.Request.Body = new MemoryStream(body);
        if (encoding.Length > 0)
            context.Request.Headers.ContentEncoding = encoding;
        return context;
    }

    private static byte[] Pack(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(body);
        return packed.ToArray();
    }
}
