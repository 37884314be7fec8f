using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Hosting;

namespace Moderato.Contract;

/// <summary>What a problem means, on a page for people, in Italian and English. One file, no script, nothing loaded from elsewhere.</summary>
internal static class ProblemPage
{
    private const string Style = """
        :root { color-scheme: light dark; }
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 38rem; margin: 2rem auto; padding: 0 1rem; }
        pre { padding: .5rem 1rem; border: 1px solid #888; border-radius: .25rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
        section { border-top: 1px solid #888; margin-top: 1.5rem; }
        """;

    private static readonly JsonSerializerOptions Indented = new(Json.Options) { WriteIndented = true };

    public static IResult Of(ProblemWords words) => new Page(words.Type.Title, string.Join('\n',
        $"<h1>{Text(words.Type.Title)}</h1>",
        $"<p><code>{words.Type.Name}</code>, HTTP {words.Type.Status}</p>",
        Part("en", "What it means", words.English.Means, "What to do", words.English.Do),
        Part("it", "Che cosa vuol dire", words.Italian.Means, "Che cosa fare", words.Italian.Do),
        "<section>",
        "<h2>Example, <span lang=\"it\">esempio</span></h2>",
        $"<pre>{Text(JsonSerializer.Serialize(words.Example, Indented))}</pre>",
        "</section>",
        "<p><a href=\"/api/problems\">All problems, <span lang=\"it\">tutti i problemi</span></a></p>"));

    public static IResult All() => new Page("Problems", string.Join('\n',
        "<h1>Problems, <span lang=\"it\">problemi</span></h1>",
        "<ul>",
        string.Join('\n', ProblemType.All.Select(p => $"<li><a href=\"{p.Address}\">{p.Name}</a> (HTTP {p.Status}): {Text(p.Title)}</li>")),
        "</ul>"));

    private static string Part(string language, string firstHead, string means, string secondHead, string toDo) => $"""
        <section lang="{language}">
        <h2>{Text(firstHead)}</h2>
        <p>{Text(means)}</p>
        <h2>{Text(secondHead)}</h2>
        <p>{Text(toDo)}</p>
        </section>
        """;

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private sealed class Page(string title, string body) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = "text/html; charset=utf-8";
            response.Headers.XContentTypeOptions = "nosniff";
            response.Headers.CacheControl = "public, max-age=3600";
            response.Headers["Referrer-Policy"] = "no-referrer";
            response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";
            return response.WriteAsync(
                "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + $"<title>{Text(title)} Moderato</title>\n<style>{Style}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n",
                Encoding.UTF8, httpContext.RequestAborted);
        }
    }
}
