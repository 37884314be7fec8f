using Microsoft.AspNetCore.Http;

namespace Moderato.Hosting;

/// <summary>Reads what a page's form sends.</summary>
public static class FormBody
{
    /// <summary>Null where it is no form, or one with a field longer than any is.</summary>
    public static async Task<IFormCollection?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.ReadFormAsync(cancellationToken);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
