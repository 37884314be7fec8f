using Microsoft.AspNetCore.Http;
using Xunit;

namespace Moderato.Tests.Ingest;

/// <summary>What a refusal says once it is sent.</summary>
internal static class Refusal
{
    public static async Task<int> StatusAsync(this IResult? refusal)
    {
        Assert.NotNull(refusal);
        var context = new DefaultHttpContext();
        await refusal.ExecuteAsync(context);
        return context.Response.StatusCode;
    }
}
