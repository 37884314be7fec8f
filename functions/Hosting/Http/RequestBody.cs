using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Moderato.Hosting;

/// <summary>Reads a request's body as bytes, once, within a bound. What is signed is signed over exactly these bytes.</summary>
public static class RequestBody
{
    /// <summary>The longest body taken, in bytes, as sent and as unpacked: a batch of 1,000 comments fits many times over.</summary>
    public const int Longest = 8 * 1024 * 1024;

    /// <summary>
    /// The bytes of a signed body, or the refusal to answer with. Nothing is asked of them here: whoever cannot sign learns nothing
    /// else about what is wrong.
    /// </summary>
    public static async Task<(byte[] Bytes, IResult? Refusal)> ReadSignedAsync(HttpRequest request, CancellationToken cancellationToken) =>
        request.ContentLength is not > Longest && await ReadAsync(request.Body, cancellationToken) is { } bytes ? (bytes, null) : ([], TooLong());

    /// <summary>The bytes, unpacked if they came as gzip, or the refusal to answer with. Takes JSON in UTF-8 only.</summary>
    public static async Task<(byte[] Bytes, IResult? Refusal)> ReadJsonAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !(type.SubType.Equals("json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)))
            return ([], Problem.UnsupportedMediaType("Send JSON, with the header Content-Type: application/json."));
        if (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase))
            return ([], Problem.UnsupportedMediaType("Send JSON in UTF-8."));

        var encoding = request.Headers.ContentEncoding.ToString();
        var packed = encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase);
        if (!packed && encoding.Length > 0 && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            return ([], Problem.UnsupportedMediaType("The only Content-Encoding taken is gzip."));
        if (request.ContentLength > Longest)
            return ([], TooLong());

        await using var source = packed ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
        try
        {
            return await ReadAsync(source, cancellationToken) is { } bytes ? (bytes, null) : ([], TooLong());
        }
        catch (InvalidDataException) when (packed)
        {
            return ([], Problem.Invalid("body", "The body is not valid gzip."));
        }
    }

    /// <summary>A JSON object, or the refusal to answer with. It outlives the request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="example">What would be right, as in <c>{"text": "…"}</c>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<(JsonElement? Object, IResult? Refusal)> ReadObjectAsync(HttpRequest request, string example, CancellationToken cancellationToken)
    {
        var (bytes, unreadable) = await ReadJsonAsync(request, cancellationToken);
        if (unreadable is not null)
            return (null, unreadable);
        try
        {
            using var document = JsonText.Parse(bytes);
            if (document.RootElement.IsObject())
                return (document.RootElement.Clone(), null);
        }
        catch (JsonException)
        {
            // Said below: text that is no JSON and JSON that is no object are mended in the same way.
        }
        return (null, Problem.Invalid("body", $"The body must be a JSON object, such as {example}."));
    }

    /// <summary>A document as text, or the refusal to answer with. Of whatever content type: people send files with what their tools know.</summary>
    /// <param name="request">The request.</param>
    /// <param name="longest">The most bytes that are taken.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<(string? Text, IResult? Refusal)> ReadTextAsync(HttpRequest request, int longest, CancellationToken cancellationToken)
    {
        var tooLong = Problem.TooLarge($"This document has at most {longest / 1024} KiB.");
        if (request.ContentLength > longest || await ReadAsync(request.Body, cancellationToken) is not { } bytes || bytes.Length > longest)
            return (null, tooLong);
        try
        {
            var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
            return (text.TrimStart('\ufeff'), null);
        }
        catch (DecoderFallbackException)
        {
            return (null, Problem.Invalid("body", "The body must be text in UTF-8."));
        }
    }

    private static async Task<byte[]?> ReadAsync(Stream source, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await source.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (bytes.Length + read > Longest)
                return null;
            bytes.Write(buffer, 0, read);
        }
        return bytes.ToArray();
    }

    private static IResult TooLong() => Problem.TooLarge($"A body has at most {Longest / 1024 / 1024} MiB. Send smaller batches.");
}
