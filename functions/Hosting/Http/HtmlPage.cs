using System.Net;
using Microsoft.AspNetCore.Http;

namespace Moderato.Hosting;

/// <summary>A page for people who came by a link: one file, no script, nothing loaded from elsewhere, kept by nobody.</summary>
public static class HtmlPage
{
    private const string Style = """
        :root { color-scheme: light dark; }
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 38rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.4rem; }
        h2 { font-size: 1.1rem; }
        blockquote { margin: 1rem 0; padding: .5rem 1rem; border-left: .25rem solid #888; white-space: pre-wrap; overflow-wrap: anywhere; }
        .notice { padding: .5rem 1rem; border: 1px solid #888; border-radius: .25rem; }
        input, textarea { width: 100%; box-sizing: border-box; font: inherit; }
        li { overflow-wrap: anywhere; }
        button { font: inherit; padding: .6rem 1rem; margin: .5rem .5rem 0 0; }
        """;

    /// <param name="language"><c>it</c> or <c>en</c>.</param>
    /// <param name="title">What it is called, as text.</param>
    /// <param name="body">What it says, as markup: texts in it are written with <see cref="Text"/>.</param>
    /// <param name="status">The HTTP status.</param>
    public static IResult Of(string language, string title, string body, int status) => new Page(
        $"<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n"
        + $"<title>{Text(title)}</title>\n<style>{Style}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n", status);

    /// <summary>For a link that is none of ours, or no longer. Says nothing of what exists.</summary>
    public static IResult UnknownLink() => Of(
        "it", "Moderato", "<h1>Moderato</h1><p>Questo link non è valido, o non lo è più.</p><p lang=\"en\">This link is not valid, or no longer.</p>", StatusCodes.Status404NotFound);

    /// <summary>A text as markup.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    private sealed class Page(string page, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = status;
            response.ContentType = "text/html; charset=utf-8";
            response.Headers.XContentTypeOptions = "nosniff";
            response.Headers.CacheControl = "no-store";
            response.Headers["Referrer-Policy"] = "no-referrer";
            response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
            return response.WriteAsync(page, httpContext.RequestAborted);
        }
    }
}
