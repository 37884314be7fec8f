using Microsoft.AspNetCore.Http;
using Moderato.Hosting;

namespace Moderato.Contract;

/// <summary>The interface describes itself. Needs no key: it is the same for all.</summary>
public static class ContractFunctions
{
    /// <summary><c>GET /api/openapi.json</c>: for tools, of whatever origin: a browser's may read it from another site.</summary>
    [Function("GetOpenApi")]
    public static IResult OpenApi([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequest request)
    {
        request.HttpContext.Response.Headers.AccessControlAllowOrigin = "*";
        return Answer.Cacheable(request, OpenApiDocument.Whole);
    }

    /// <summary><c>GET /api/problems</c>: every type of problem.</summary>
    [Function("GetProblems")]
    public static IResult Problems([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "problems")] HttpRequest request) => ProblemPage.All();

    /// <summary><c>GET /api/problems/{name}</c>: the page to which a problem's <c>type</c> leads.</summary>
    [Function("GetProblem")]
    public static IResult Find([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "problems/{name}")] HttpRequest request, string name) =>
        ProblemWords.All.FirstOrDefault(p => p.Type.Name == name) is { } words ? ProblemPage.Of(words) : Problem.NotFound("There is no problem of this name. All are at /api/problems.");
}
