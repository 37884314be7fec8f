using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Moderato.Local.Demo;

/// <summary>
/// Sends as platforms do: what was not received (no connection, 429, 5xx) is sent again, twice as late each time, until patience ends.
/// Everything sent here may safely arrive twice.
/// </summary>
internal sealed class Redelivery(HttpClient http, DemoPace pace, TimeProvider time, ProgressLine progress)
{
    // Once the app was away for all the patience there is, every further body gets one try only: the demo should end.
    private volatile bool _gaveUp;

    /// <summary>The last answer; without a status where nobody answered at all.</summary>
    public async Task<Answer> SendAsync(string what, Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        var pause = pace.FirstRedelivery;
        var waited = TimeSpan.Zero;
        while (true)
        {
            var answer = await TryAsync(request, cancellationToken);
            if (!answer.IsWorthAnotherTry) return answer;
            if (_gaveUp || waited + pause > pace.RedeliverFor)
            {
                _gaveUp = true;
                return answer;
            }

            progress.Note(string.Create(CultureInfo.InvariantCulture, $"{what}: {answer}; again in {pause.TotalSeconds:0.#} s"));
            await Task.Delay(pause, time, cancellationToken);
            waited += pause;
            pause *= 2;
        }
    }

    private async Task<Answer> TryAsync(Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        try
        {
            using var message = request();
            using var response = await http.SendAsync(message, cancellationToken);
            return new Answer(response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (HttpRequestException)
        {
            return Answer.Nobody;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Answer.Nobody; // HttpClient's own time limit
        }
    }
}

/// <summary>What the app answered.</summary>
internal sealed record Answer(HttpStatusCode? Status, byte[] Body)
{
    public static Answer Nobody { get; } = new(null, []);

    public bool IsWorthAnotherTry => Status is null or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    /// <exception cref="HttpRequestException">The answer is no success, or empty.</exception>
    public T Read<T>(string what) =>
        Status is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices
        && JsonSerializer.Deserialize<T>(Body, JsonSerializerOptions.Web) is { } value
            ? value
            : throw new HttpRequestException($"{what}: {this}", null, Status);

    public override string ToString() =>
        Status is { } status ? string.Create(CultureInfo.InvariantCulture, $"answered {(int)status}") : "no answer";
}
