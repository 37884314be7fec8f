using System.Net.Http.Headers;
using System.Text.Json;

namespace Moderato.Actions;

/// <summary>Makes requests the way platforms like them.</summary>
internal static class Asking
{
    public static HttpRequestMessage To(HttpMethod method, Uri address, string? bearer = null) =>
        new(method, address) { Headers = { Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer) } };

    public static HttpRequestMessage Json<T>(HttpMethod method, Uri address, T body, string? bearer = null)
    {
        var request = To(method, address, bearer);
        // Buffered: several platforms do not take a body of unknown length.
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } };
        return request;
    }

    public static HttpRequestMessage Form(HttpMethod method, Uri address, string? bearer, params (string Name, string Value)[] fields)
    {
        var request = To(method, address, bearer);
        request.Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return request;
    }

    /// <summary>An address below another, whatever either has of slashes.</summary>
    public static Uri Below(this Uri root, string path) => new($"{root.AbsoluteUri.TrimEnd('/')}/{path.TrimStart('/')}");
}
