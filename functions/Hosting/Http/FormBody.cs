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
        catch (IOException cutOff) when (cutOff is not BadHttpRequestException)
        {
            return null; // a form in parts whose last part has no end; a connection that broke is the server's own to answer
        }
    }
}
