using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Moderato.Contract;

namespace Moderato.Tests.Contract;

/// <summary>Makes requests from the document's own schemas: right ones, and right ones with something wrong. The same seed makes the same ones.</summary>
internal sealed class Fuzzer(ContractApp app, int seed)
{
    private static readonly string[] Odd =
    [
        "", " ", "null", "0", "-1", "99999999999999999999", "1e400", "NaN", "true", "[]", "{}", "'", "\"", "../../etc/passwd", "..%2f..%2f", "%", "%zz", "%00", "a/b", "a\\b", "a?b#c", "\u0000",
        "\u202egnp", "\ufeff", "e\u0301\u0301\u0301", "👩‍👩‍👧‍👦", "İıſK", "日本語", "' or 1 eq 1", "PartitionKey ge ''", "$filter=true", "<script>alert(1)</script>", "\r\nX-Injected: 1", "2026-02-30",
        "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "1969-12-31", "2026-03-10T09:30:00+14:00", "٣", "½", "cursor", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA", "----", "*",
    ];

    private static readonly string[] Keys = [ContractApp.Admin, ContractApp.Admin, ContractApp.Admin, ContractApp.Admin, ContractApp.Apprentice, ContractApp.Others, "nobody's"];
    private static readonly string[] Types = ["text/plain", "application/xml", "application/json; charset=utf-16", "application/problem+json", "multipart/form-data; boundary=x", "nonsense", "application/x-www-form-urlencoded"];
    private static readonly string[] HeaderNames = ["If-Match", "If-None-Match", "Idempotency-Key", "Accept", "Accept-Language", "X-Goog-Api-Key"];

    private readonly Random _random = new(seed);

    /// <summary>What the last request was, for people.</summary>
    public string Last { get; private set; } = "";

    public HttpRequestMessage Next(Operation operation, string method, string route)
    {
        var parts = route.Split('/');
        var path = string.Join('/', parts.Index().Select(p => p.Item.StartsWith('{') ? InPath(p.Item.Trim('{', '}'), parts[p.Index - 1]) : p.Item));
        var query = string.Join('&', Query(operation));
        var address = $"{app.Client.BaseAddress}api/{path}{(query.Length > 0 ? $"?{query}" : "")}";
        // Nothing is to mend what is sent.
        var request = new HttpRequestMessage(HttpMethod.Parse(method.ToUpperInvariant()), new Uri(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (!Sometimes(15))
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Pick(Keys)}");
        if (Sometimes(4))
            request.Headers.TryAddWithoutValidation(Pick(HeaderNames), Pick(Odd.Where(o => !o.Any(c => c is '\r' or '\n' or '\0') && o.All(char.IsAscii))));
        if (operation.Headers.Contains("If-Match") && Sometimes(2))
            request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        if (operation.Body is { } body && !Sometimes(30))
        {
            var bytes = Bytes(body);
            request.Content = new ByteArrayContent(bytes);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", Sometimes(20) ? Pick(Types) : body.ContentType == "*/*" ? "application/json" : body.ContentType);
            if (Sometimes(40))
                request.Content.Headers.TryAddWithoutValidation("Content-Encoding", Pick(["gzip", "br", "identity"]));
        }
        Last = $"{method} {address} {request.Headers} {(request.Content is null ? "" : Judge.Beginning(Encoding.UTF8.GetString(request.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult())))}";
        return request;
    }

    private bool Sometimes(int oneIn) => _random.Next(oneIn) == 0;

    private T Pick<T>(IEnumerable<T> from)
    {
        var all = from as IReadOnlyList<T> ?? [.. from];
        return all[_random.Next(all.Count)];
    }

    private string InPath(string name, string before)
    {
        var value = _random.Next(8) switch
        {
            0 => Uri.EscapeDataString(Pick(Odd)),
            1 => Pick(["%2F", "..%2F..", "%252e%252e", "%C3%28", "%E0%80%80", "%", "%zz", "a%00b", "%0d%0aX: 1", new string('a', 3_000), ".", "%2e%2e"]),
            2 when before == "outcomes" => Pick(app.Outcomes.Values),
            3 => Uri.EscapeDataString(Parameters.OfRoute(name, before).Example!),
            _ => Uri.EscapeDataString(app.ValueOf(name, before)),
        };
        return value.Length == 0 ? "-" : value;
    }

    private IEnumerable<string> Query(Operation operation)
    {
        foreach (var parameter in operation.Query.Where(p => p.Required || Sometimes(3)))
        {
            var value = Sometimes(3) ? Pick(Odd) : parameter.Example is { } example && Sometimes(2) ? example : Text(parameter.Schema);
            yield return $"{parameter.Name}={(Sometimes(30) ? Pick(["%", "%zz", "%ff", "%00"]) : Uri.EscapeDataString(value))}";
            if (Sometimes(12))
                yield return $"{parameter.Name}={Uri.EscapeDataString(Pick(Odd))}";
        }
        if (Sometimes(15))
            yield return $"{Uri.EscapeDataString(Pick(["unknown", "", "$filter", "From"]))}={Uri.EscapeDataString(Pick(Odd))}";
    }

    private byte[] Bytes(Body body)
    {
        if (!body.IsJson)
            return Encoding.UTF8.GetBytes(Sometimes(2) ? body.Example : _random.Next(4) switch { 0 => Pick(Odd), 1 => Cut(body.Example), 2 => new string('[', 20_000), _ => $"{body.Example}\n{Pick(Odd)}: {Pick(Odd)}" });
        var value = Sometimes(3) ? JsonNode.Parse(body.Example)! : Value(body.Schema);
        if (Sometimes(2))
            value = Spoil(value);
        var text = value?.ToJsonString() ?? "null";
        return _random.Next(14) switch
        {
            0 => Encoding.UTF8.GetBytes(Cut(text)),
            1 => [.. Encoding.UTF8.GetBytes(text), 0xff, 0xfe],
            2 => Encoding.UTF8.GetBytes(Pick(["", "null", "[]", "7", "\"x\"", "{\"by\":\"a\",\"by\":\"b\"}", "{\"text\":\"\\ud800\",\"by\":\"\\udfff\"}", new string('[', 5_000), "{\"a\":" + new string('[', 500), "\u0000"])),
            _ => Encoding.UTF8.GetBytes(text),
        };
    }

    private string Cut(string text) => text[.._random.Next(text.Length + 1)];

    private string Text(JsonObject schema) => Value(schema) switch { JsonValue value => value.ToString(), var other => other?.ToJsonString() ?? "" };

    /// <summary>A value that fits a schema.</summary>
    private JsonNode? Value(JsonNode schema)
    {
        if (schema["const"] is { } only)
            return only.DeepClone();
        if (schema["enum"] is JsonArray values)
            return Pick(values)!.DeepClone();
        if (schema["anyOf"] is JsonArray any && schema["format"] is null)
            return Value(Pick(any.Select(a => a!["type"] is null ? With(a, schema) : a))!);
        return TypeOf(schema) switch
        {
            "integer" => Whole(schema),
            "number" => (double)schema["minimum"]! + (_random.NextDouble() * ((double)schema["maximum"]! - (double)schema["minimum"]!)),
            "boolean" => Sometimes(2),
            "array" => new JsonArray([.. Enumerable.Range(0, _random.Next((int?)schema["minItems"] ?? 0, 4)).Select(_ => Value(schema["items"]!))]),
            "object" => new JsonObject([.. schema["properties"]!.AsObject().Where(p => IsRequired(schema, p.Key) || Sometimes(2)).Select(p => KeyValuePair.Create(p.Key, Value(p.Value!)))]),
            _ => Words(schema),
        };
    }

    /// <summary>What may also be null is fuzzed as what it else is.</summary>
    private static string? TypeOf(JsonNode schema) => schema["type"] is JsonArray several ? (string?)several.First(t => (string?)t != "null") : (string?)schema["type"];

    private static JsonNode With(JsonNode part, JsonNode whole)
    {
        var both = part.DeepClone();
        both["type"] = whole["type"]?.DeepClone();
        return both;
    }

    private int Whole(JsonNode schema) => Sometimes(3) ? (int)schema["minimum"]! : Sometimes(2) ? (int)schema["maximum"]! : (int)_random.NextInt64((int)schema["minimum"]!, (int)schema["maximum"]! + 1L);

    private string Words(JsonNode schema)
    {
        if ((string?)schema["format"] == "date-time")
            return new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(_random.Next(1_000_000)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        if ((string?)schema["format"] == "date")
            return new DateOnly(2026, 1, 1).AddDays(_random.Next(400)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var (least, most) = ((int?)schema["minLength"] ?? 0, Math.Min((int?)schema["maxLength"] ?? 100, 20_000));
        var pattern = (string?)schema["pattern"];
        if (pattern == "^https?://")
            return "https://example.org/" + _random.Next();
        if (pattern is not null && Sometimes(2))
            return Pick(app.Outcomes.Values);
        var length = Sometimes(6) ? most : Math.Min(most, Math.Max(least, _random.Next(20)));
        return string.Concat(Enumerable.Range(0, length).Select(_ => pattern is null ? Pick("abcòè 🙂\"<\\\n.*/".EnumerateRunes().Select(r => r.ToString()).Where(r => r.Length == 1)) : Pick("abc123".Select(c => c.ToString()))));
    }

    private static bool IsRequired(JsonNode schema, string name) => schema["required"] is JsonArray names && names.Any(n => (string?)n == name);

    /// <summary>Something in it is no longer right.</summary>
    private JsonNode? Spoil(JsonNode? value)
    {
        if (value is JsonObject { Count: > 0 } fields && !Sometimes(6))
        {
            var name = Pick(fields.Select(f => f.Key));
            switch (_random.Next(4))
            {
                case 0:
                    fields.Remove(name);
                    break;
                case 1:
                    fields["unknown"] = Nonsense();
                    break;
                case 2:
                    fields[name] = Nonsense();
                    break;
                default:
                    var inner = fields[name];
                    fields[name] = null;
                    fields[name] = Spoil(inner?.DeepClone());
                    break;
            }
            return fields;
        }
        if (value is JsonArray { Count: > 0 } items && !Sometimes(6))
        {
            items[_random.Next(items.Count)] = Nonsense();
            return items;
        }
        return Nonsense();
    }

    private JsonNode? Nonsense() => _random.Next(12) switch
    {
        0 => null,
        1 => long.MaxValue,
        2 => -1,
        3 => JsonNode.Parse("1e400"),
        4 => 0.5,
        5 => new string('ü', 25_000),
        6 => new JsonArray(null, 1, "x"),
        7 => new JsonObject { ["x"] = new JsonObject() },
        8 => true,
        9 => JsonNode.Parse("123456789012345678901234567890"),
        _ => Pick(Odd),
    };
}
