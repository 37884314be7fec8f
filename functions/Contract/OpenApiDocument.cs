using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moderato.Hosting;

namespace Moderato.Contract;

/// <summary>
/// The description of the HTTP interface (OpenAPI 3.1), put together from the functions' triggers, the table of operations and the types
/// that are answered.
/// </summary>
internal sealed class OpenApiDocument
{
    private static readonly Lazy<JsonElement> Built = new(() => JsonSerializer.SerializeToElement(new OpenApiDocument().Build(), Json.Options));

    private readonly Schemas _schemas = new(DocComments.Load());

    /// <summary>The document, made when it is first asked for.</summary>
    public static JsonElement Whole => Built.Value;

    /// <summary>Every operation with its function's method and route, in the order of the tables.</summary>
    public static IReadOnlyList<(Operation Operation, string Method, string Route)> Operations { get; } = Find();

    /// <summary>The function's name in lower camel case; with the method behind it where the function takes several.</summary>
    public static string IdOf(Operation operation) =>
        JsonNamingPolicy.CamelCase.ConvertName(operation.Function) + (operation.Method is { } method ? char.ToUpperInvariant(method[0]) + method[1..] : "");

    private static IReadOnlyList<(Operation, string, string)> Find()
    {
        var functions = FunctionCatalog.Of(typeof(OpenApiDocument).Assembly).Where(f => f.Trigger is HttpTriggerAttribute).ToDictionary(f => f.Name);
        return
        [
            .. OperationTable.All.Select(operation =>
            {
                var function = functions.GetValueOrDefault(operation.Function) ?? throw new InvalidOperationException($"There is no HTTP function {operation.Function}.");
                var http = (HttpTriggerAttribute)function.Trigger;
                return (operation, operation.Method ?? http.Methods!.Single(), FunctionCatalog.RouteOf(function, http));
            }),
        ];
    }

    private JsonObject Build()
    {
        var assembly = typeof(OpenApiDocument).Assembly;
        var paths = new JsonObject();
        foreach (var (operation, method, route) in Operations)
        {
            var path = $"/api/{route}";
            if (paths[path] is not JsonObject item)
                paths[path] = item = new JsonObject { ["parameters"] = RouteParameters(route) };
            item[method] = Describe(operation, route);
        }
        foreach (var (_, item) in paths.Where(p => p.Value!["parameters"]!.AsArray().Count == 0).ToList())
            item!.AsObject().Remove("parameters");
        var webhooks = Webhooks();
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Moderato",
                ["version"] = assembly.GetName().Version!.ToString(3),
                ["summary"] = "Moderation of comments for community managers.",
                ["description"] = About,
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/", ["description"] = "The app that served this document." }),
            ["tags"] = new JsonArray([.. OperationTable.Areas.Select(a => new JsonObject { ["name"] = a.Name, ["description"] = a.About })]),
            ["paths"] = paths,
            ["webhooks"] = webhooks,
            ["components"] = Components(),
        };
    }

    private const string About = """
        Errors are `application/problem+json` (RFC 9457) and list everything that is wrong; their `type` is the address of a page that explains it.
        Times are UTC, in ISO 8601. Unknown fields of a request are ignored unless an operation says otherwise; answers may get further fields in
        time, so ignore those that you do not know. What has an `ETag` can be asked about again with `If-None-Match`.
        """;

    private static JsonArray RouteParameters(string route)
    {
        var parts = route.Split('/');
        return
        [
            .. parts.Index().Where(p => p.Item.StartsWith('{'))
                .Select(p => Describe(Parameters.OfRoute(p.Item.Trim('{', '}'), parts[p.Index - 1]) with { Required = true }, "path")),
        ];
    }

    private JsonObject Describe(Operation operation, string route)
    {
        var described = new JsonObject
        {
            ["operationId"] = IdOf(operation),
            ["tags"] = new JsonArray(OperationTable.Areas.Single(a => a.Operations.Contains(operation)).Name),
            ["summary"] = operation.Summary,
            ["description"] = operation.Scope is { } scope
                ? $"{operation.About} Needs a key with the scope `{ApiKeys.Name(scope)}`{(operation.ForAllCommunities ? " for all communities" : "")}."
                : operation.About,
            ["security"] = operation.Scope is null ? new JsonArray() : new JsonArray(new JsonObject { ["key"] = new JsonArray(ApiKeys.Name(operation.Scope.Value)) }),
        };
        JsonArray parameters =
        [
            .. operation.Query.Select(p => Describe(p, "query")),
            .. operation.Headers.Select(h => new JsonObject { ["$ref"] = $"#/components/parameters/{h}" }),
        ];
        if (parameters.Count > 0)
            described["parameters"] = parameters;
        if (operation.Body is { } body)
            described["requestBody"] = new JsonObject { ["required"] = body.Required, ["content"] = new JsonObject { [body.ContentType] = Content(body) } };
        described["responses"] = Responses(operation, route);
        return described;
    }

    private JsonObject Responses(Operation operation, string route)
    {
        var byStatus = new SortedDictionary<int, JsonObject>();
        foreach (var reply in operation.Replies)
            byStatus[reply.Status] = Describe(reply);
        foreach (var group in operation.AllProblems(route).GroupBy(p => p.Status))
        {
            var response = byStatus.GetValueOrDefault(group.Key) ?? new JsonObject { ["description"] = string.Join(" Or: ", group.Select(p => p.Title)) };
            var headers = group.Key switch { 401 => (string[])["WWW-Authenticate"], 429 or 503 => ["Retry-After"], _ => [] };
            if (headers.Length > 0)
                response["headers"] = HeaderReferences(headers);
            if (response["content"] is not JsonObject content)
                response["content"] = content = [];
            content[Problem.ContentType] = new JsonObject
            {
                ["schema"] = _schemas.Of(typeof(ProblemDetails)),
                ["examples"] = new JsonObject([.. group.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)new JsonObject { ["$ref"] = $"#/components/examples/{p.Name}" }))]),
            };
            byStatus[group.Key] = response;
        }
        return new JsonObject([.. byStatus.Select(r => KeyValuePair.Create(r.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)r.Value))]);
    }

    private JsonObject Describe(Reply reply)
    {
        var response = new JsonObject { ["description"] = reply.About };
        if (reply.Headers.Count > 0)
            response["headers"] = HeaderReferences(reply.Headers);
        if (reply.Forms.Length > 0)
            response["content"] = new JsonObject([.. reply.Forms.Select(f => KeyValuePair.Create(f.ContentType, (JsonNode?)Content(f)))]);
        return response;
    }

    private JsonObject Content(Form form)
    {
        foreach (var mentioned in form.Mentions)
            _schemas.Of(mentioned);
        var content = new JsonObject { ["schema"] = form.Type is { } type ? _schemas.Of(type) : form.Schema!.DeepClone() };
        if (form.Example is not null)
            content["example"] = JsonSerializer.SerializeToNode(form.Example, form.Example.GetType(), Json.Options);
        return content;
    }

    private JsonObject Content(Body body) => new()
    {
        ["schema"] = body.Name is { } name ? _schemas.Add(name, body.Schema) : body.Schema.DeepClone(),
        ["example"] = body.IsJson ? JsonNode.Parse(body.Example) : body.Example,
    };

    private static JsonObject HeaderReferences(IEnumerable<string> names) =>
        new([.. names.Select(n => KeyValuePair.Create(n, (JsonNode?)new JsonObject { ["$ref"] = $"#/components/headers/{n}" }))]);

    private static JsonObject Describe(Parameter parameter, string place)
    {
        var schema = parameter.Schema.DeepClone().AsObject();
        var described = new JsonObject { ["name"] = parameter.Name, ["in"] = place, ["required"] = parameter.Required };
        if (schema.Remove("description", out var about))
            described["description"] = about;
        described["schema"] = schema;
        if (parameter.Example is { } example)
            described["example"] = (string?)schema["type"] == "integer" ? int.Parse(example, CultureInfo.InvariantCulture) : example;
        return described;
    }

    private JsonObject Webhooks() => new([.. WebhookTable.All.Select(w => KeyValuePair.Create(w.Type, (JsonNode?)new JsonObject
    {
        ["post"] = new JsonObject
        {
            ["operationId"] = $"tell{string.Concat(w.Type.Split('.').Select(p => char.ToUpperInvariant(p[0]) + p[1..]))}",
            ["summary"] = w.Summary,
            ["description"] = WebhookTable.About,
            ["security"] = new JsonArray(),
            ["parameters"] = new JsonArray([.. WebhookTable.Headers.Select(h => Describe(h with { Required = true }, "header"))]),
            ["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = new JsonObject
                {
                    ["application/json"] = new JsonObject
                    {
                        ["schema"] = _schemas.Of(w.Example.GetType()),
                        ["example"] = JsonSerializer.SerializeToNode(w.Example, w.Example.GetType(), Json.Options),
                    },
                },
            },
            ["responses"] = new JsonObject
            {
                ["2XX"] = new JsonObject { ["description"] = "Taken. Anything else is tried again for three days." },
                ["410"] = new JsonObject { ["description"] = "The address wants nothing more: it is switched off at once." },
            },
        },
    }))]);

    private JsonObject Components() => new()
    {
        ["schemas"] = _schemas.ToJson(),
        ["parameters"] = new JsonObject([.. Parameters.Headers.Select(h => KeyValuePair.Create(h.Key, (JsonNode?)Describe(h.Value, "header")))]),
        ["headers"] = new JsonObject([.. Parameters.AnswerHeaders.Select(h => KeyValuePair.Create(h.Key, (JsonNode?)h.Value.DeepClone()))]),
        ["examples"] = new JsonObject([.. ProblemWords.All.Select(p => KeyValuePair.Create(p.Type.Name, (JsonNode?)new JsonObject
        {
            ["summary"] = p.Type.Title,
            ["value"] = JsonSerializer.SerializeToNode(p.Example, Json.Options),
        }))]),
        ["securitySchemes"] = new JsonObject
        {
            ["key"] = new JsonObject
            {
                ["type"] = "http",
                ["scheme"] = "bearer",
                ["description"] = """
                    An API key. Each has communities and scopes: `ingest` sends comments; `read` reads outcomes, members, digests and the policy; `moderate`
                    decides, and sees what waits or is parked; `admin` changes policy, guidelines and keys, erases authors, reads the audit.
                    """,
            },
        },
    };
}
