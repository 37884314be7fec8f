using System.Globalization;
using System.Text.Json;
using Moderato.Hosting;

namespace Moderato.Actions.Platforms;

/// <summary>Meta's Graph API, version 25: what Facebook, Instagram and Messenger share. Its errors are told apart by a code, not by the status.</summary>
internal static class Graph
{
    private const string Version = "v25.0";
    private static readonly Uri Default = new("https://graph.facebook.com");

    public static async Task<JsonElement> SendAsync(PlatformHttp http, HttpMethod method, Order order, string path, CancellationToken cancellationToken, params (string Name, string Value)[] fields)
    {
        var address = (order.Source.Address ?? Default).Below($"{Version}/{path}");
        var request = fields.Length == 0 ? Asking.To(method, address, order.Token) : Asking.Form(method, address, order.Token, fields);
        return (await http.SendAsync(request, Judge, cancellationToken)).Body;
    }

    public static async Task<JsonElement> SendJsonAsync<T>(PlatformHttp http, Order order, string path, T body, CancellationToken cancellationToken) =>
        (await http.SendAsync(Asking.Json(HttpMethod.Post, (order.Source.Address ?? Default).Below($"{Version}/{path}"), body, order.Token), Judge, cancellationToken)).Body;

    /// <summary>Codes of Meta's table of errors; 32, 613 and 80001 and its neighbours are unverified.</summary>
    private static PlatformException? Judge(HttpResponseMessage response, JsonElement body)
    {
        var error = body.Field("error");
        if (!int.TryParse(error.Text("code"), CultureInfo.InvariantCulture, out var code))
            return null;
        var reason = $"Meta's error {error.Text("code")}{(error.Text("error_subcode") is { } sub ? $"/{sub}" : "")}";
        return code switch
        {
            1 or 2 or 4 or 17 or 32 or 341 or 613 or (>= 80_000 and < 80_100) => new PlatformException(FailureKind.Later, reason),
            368 => new PlatformException(FailureKind.Later, reason, TimeSpan.FromHours(6)),
            102 or 190 => new PlatformException(FailureKind.Credential, reason),
            506 => new PlatformException(FailureKind.AlreadyDone, reason),
            100 when error.Text("error_subcode") == "33" => new PlatformException(FailureKind.Gone, reason),
            _ when error.IsTrue("is_transient") => new PlatformException(FailureKind.Later, reason),
            _ => new PlatformException(FailureKind.Refused, reason),
        };
    }
}
