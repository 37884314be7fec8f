using System.Globalization;
using System.Text;
using Moderato.Contract;

namespace Moderato.Tests.Contract;

/// <summary>Writes functions/Contract/EXAMPLES.md from the operations' examples.</summary>
internal static class ExamplesPage
{
    private const string Base = "http://127.0.0.1:7071";

    /// <param name="Title">What is to be done.</param>
    /// <param name="About">In a sentence.</param>
    /// <param name="Steps">The operations, with their query.</param>
    private sealed record Task(string Title, string About, params (string Function, string Query, string? Body)[] Steps);

    private static readonly IReadOnlyList<Task> Tasks =
    [
        new("Send comments", "One comment, or an array of up to 1,000. The answer says where each outcome will be.", ("PostComments", "", null)),
        new("List what was decided", "The last seven days, or what `from` and `to` say.", ("GetOutcomes", "decision=hold&limit=10", null)),
        new("Follow new outcomes page by page", "Ask with `nextCursor` of the page before and the same query, until it is null.",
            ("GetOutcomes", "order=oldest&limit=100", null), ("GetOutcomes", $"order=oldest&limit=100&cursor={Examples.Cursor}", null)),
        new("Look at one outcome with its reasons", "The whole text, the history, and the words that spoke for each score.", ("GetOutcome", "", null)),
        new("Claim what waits, and decide", "Nobody else gets it while the lease runs.", ("ClaimReviews", "", null), ("PostDecision", "", null)),
        new("Undo", "What the rule had decided holds again.", ("UndoDecision", "", null)),
        new("Decide about many at once", "First `dryRun`, to see which; then the same without it.",
            ("PostDecisions", "", null), ("PostDecisions", "", """{ "author": { "platform": "instagram", "id": "anna" }, "decision": "hide", "by": "anna", "days": 7 }""")),
        new("Count the last month", "By day, without reading a single comment.", ("GetStatistics", "from=2026-02-09&to=2026-03-10&by=sentiment", null)),
        new("Put a policy", "Check it first. `If-Match` is the ETag of the one in force, `\"0\"` if there is none.", ("CheckPolicy", "", null), ("PutPolicy", "by=anna", null)),
        new("Make a key", "Its text is shown this once.", ("PostKey", "", null)),
    ];

    public static string Write()
    {
        var page = new StringBuilder("""
            # Examples

            The ten commonest tasks, with curl and with C#. This page is made from the examples of `GET /api/openapi.json`; after a change make it anew:

            ```sh
            MODERATO_WRITE_EXAMPLES=1 dotnet test tests/Moderato.Tests --filter FullyQualifiedName~ExamplesPageTests
            ```

            `$KEY` is an API key. In C# each example stands behind these lines:

            ```csharp
            using System.Net.Http.Headers;
            using System.Text;

            using var http = new HttpClient { BaseAddress = new Uri("http://127.0.0.1:7071") };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Environment.GetEnvironmentVariable("KEY"));
            ```

            """);
        foreach (var (i, task) in Tasks.Index())
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {i + 1}. {task.Title}\n\n{task.About}\n");
            var shell = task.Steps.Select(s => Curl(s.Function, s.Query, s.Body));
            var code = task.Steps.Select(s => CSharp(s.Function, s.Query, s.Body));
            page.Append(CultureInfo.InvariantCulture, $"\n```sh\n{string.Join('\n', shell)}```\n\n```csharp\n{string.Join('\n', code)}```\n");
        }
        return page.ToString();
    }

    private static string Curl(string function, string query, string? other)
    {
        var (operation, method, address) = Find(function, query);
        var lines = new List<string> { $"curl {(method == "GET" ? "" : $"-X {method} ")}\"{Base}{address}\" -H \"Authorization: Bearer $KEY\"" };
        lines.AddRange(Headers(operation).Select(h => $"  -H '{h.Name}: {h.Value}'"));
        if (operation.Body is { } body)
            lines.AddRange([$"  -H 'Content-Type: {body.ContentType}'", $"  --data-binary @- <<'END'\n{(other ?? body.Example).TrimEnd()}\nEND"]);
        return string.Join(" \\\n", lines) + "\n";
    }

    private static string CSharp(string function, string query, string? other)
    {
        var (operation, method, address) = Find(function, query);
        if (method == "GET" && operation.Body is null)
            return $"Console.WriteLine(await http.GetStringAsync(\"{address}\"));\n";
        var code = new StringBuilder().Append(CultureInfo.InvariantCulture, $"using (var request = new HttpRequestMessage(HttpMethod.{method[0]}{method[1..].ToLowerInvariant()}, \"{address}\"))\n{{\n");
        foreach (var (name, value) in Headers(operation))
            code.Append(CultureInfo.InvariantCulture, $"    request.Headers.TryAddWithoutValidation(\"{name}\", \"{value.Replace("\"", "\\\"", StringComparison.Ordinal)}\");\n");
        if (operation.Body is { } body)
        {
            var text = string.Join('\n', (other ?? body.Example).TrimEnd().Split('\n').Select(l => l.Length > 0 ? $"        {l}" : l));
            code.Append(CultureInfo.InvariantCulture, $"    request.Content = new StringContent(\"\"\"\n{text}\n        \"\"\", Encoding.UTF8, \"{body.ContentType}\");\n");
        }
        code.Append("    using var answer = await http.SendAsync(request);\n    Console.WriteLine($\"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}\");\n}\n");
        return code.ToString();
    }

    /// <summary>Headers that whoever changes something should send.</summary>
    private static IEnumerable<(string Name, string Value)> Headers(Operation operation) =>
        operation.Headers.Where(h => h is "If-Match" or "Idempotency-Key").Select(h => (h, h == "If-Match" ? "\"0\"" : Parameters.Headers[h].Example!));

    private static (Operation Operation, string Method, string Address) Find(string function, string query)
    {
        var (operation, method, route) = OpenApiDocument.Operations.Single(o => o.Operation.Function == function);
        var parts = route.Split('/');
        var path = string.Join('/', parts.Index().Select(p => p.Item.StartsWith('{') ? Uri.EscapeDataString(Parameters.OfRoute(p.Item.Trim('{', '}'), parts[p.Index - 1]).Example!) : p.Item));
        var unknown = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(q => q.Split('=')[0]).Except(operation.Query.Select(q => q.Name)).ToList();
        return unknown.Count == 0
            ? (operation, method.ToUpperInvariant(), $"/api/{path}{(query.Length > 0 ? $"?{query}" : "")}")
            : throw new InvalidOperationException($"{function} has no parameter {string.Join(", ", unknown)}.");
    }
}
