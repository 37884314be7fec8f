using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Moderato.Policy;

namespace Moderato.Local.Demo;

/// <summary>Gives the demo's community the shop's policy and guidelines, unless it has some: what somebody edited stays.</summary>
internal static class DemoPolicy
{
    private const string Preset = "shop";

    /// <returns>What was done, in a sentence.</returns>
    public static async Task<string> PutAsync(Uri address, string apiKey, CancellationToken cancellationToken)
    {
        try
        {
            return await PutAllAsync(address, apiKey, cancellationToken);
        }
        catch (HttpRequestException refused)
        {
            return $"The shop's policy could not be given to the community demo ({refused.Message}); it keeps the one that it has.";
        }
    }

    private static async Task<string> PutAllAsync(Uri address, string apiKey, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        var puts = new List<bool>();
        foreach (var (path, file) in (IEnumerable<(string, string)>)[("guidelines/it", "guidelines.it.md"), ("guidelines/en", "guidelines.en.md"), ("policy", Presets.PolicyFile)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/communities/demo/{path}?by=demo&note=The%20shop%27s%20preset")
            {
                Content = new StringContent(Presets.Read(Preset, file), Encoding.UTF8, "text/plain"),
            };
            request.Headers.IfMatch.Add(new EntityTagHeaderValue("\"0\""));
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode != HttpStatusCode.PreconditionFailed)
                response.EnsureSuccessStatusCode();
            puts.Add(response.IsSuccessStatusCode);
        }
        return puts.Contains(true) ? "The community demo has the shop's policy now (functions/Policy/Presets/shop)." : "The community demo keeps the policy that it has.";
    }
}
