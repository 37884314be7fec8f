using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moderato.Hosting;

namespace Moderato.Contract;

/// <summary>The interface itself: whether it runs, what it can do, what its problems mean.</summary>
internal static class AboutOperations
{
    public static readonly IReadOnlyList<Operation> All =
    [
        new("GetLive", "Whether the app runs", "Says that the app runs and answers.") { Replies = [Reply.Ok("It does.", new HealthAnswer("live"))] },
        new("GetReady", "Whether the app can take work", "Says whether storage answers too; 503 if not.") { Replies = [Reply.Ok("It can.", new HealthAnswer("ready"))] },
        new("GetOpenApi", "This document", "The description of this interface, as OpenAPI 3.1.")
        {
            Headers = ["If-None-Match"],
            Replies =
            [
                new(StatusCodes.Status200OK, "The document.", new Form("application/json", null, new JsonObject { ["type"] = "object" }, null)) { Headers = ["ETag"] },
                Reply.NotModified,
            ],
        },
        new("GetProblems", "What problems there are", "A page that lists every type of problem, in Italian and English.") { Replies = [Page] },
        new("GetProblem", "What a problem means", "A page that says what a type of problem means, what to do about it, and what it looks like, in Italian and English.")
        {
            Problems = [ProblemType.NotFound],
            Replies = [Page],
        },
    ];

    private static Reply Page => Reply.Text("The page.", "text/html", "<!doctype html>…");
}
