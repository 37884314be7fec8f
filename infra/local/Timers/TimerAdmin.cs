using Microsoft.AspNetCore.Http;
using Moderato.Local.Hosting;

namespace Moderato.Local.Timers;

/// <summary>
/// <c>POST /admin/functions/{name}</c>, as in the Functions host: runs a timer function now. Answers 202 when it succeeded, 404 for
/// an unknown function, 400 for one that is no timer, 503 while the handler is down, 500 when it failed.
/// </summary>
internal sealed class TimerAdmin(IReadOnlyList<Function> functions, IReadOnlyList<TimerListener> timers, Handler handler)
{
    public async Task RunAsync(HttpContext context)
    {
        var name = context.Request.RouteValues["name"] as string;
        context.Response.StatusCode = functions.FirstOrDefault(f => f.Name == name) switch
        {
            null => StatusCodes.Status404NotFound,
            TimerFunction when handler.Address is null => StatusCodes.Status503ServiceUnavailable,
            TimerFunction => await timers.Single(t => t.Name == name).RunNowAsync(context.RequestAborted)
                ? StatusCodes.Status202Accepted
                : StatusCodes.Status500InternalServerError,
            _ => StatusCodes.Status400BadRequest,
        };
    }
}
