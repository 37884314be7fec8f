using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;
using Moderato.Hosting;
using Moderato.Policy;

namespace Moderato.Review;

/// <summary>Reads what a person wants from a request's body, with every problem at once.</summary>
public sealed class RulingReader(Policies policies, TimeProvider time)
{
    public const string Example = "{\"decision\": \"approve\", \"by\": \"anna\"}";
    private const int LongestBy = 100;
    private const int LongestReason = 500;

    /// <summary>The longest answer any platform takes; most take less and refuse more themselves.</summary>
    private const int LongestReply = 8_000;
    private static readonly TimeSpan LongestTarget = TimeSpan.FromDays(30);

    /// <summary>What is wanted, without saying yet of which comment.</summary>
    public async Task<(RulingRequest? Wanted, List<FieldError> Errors)> ReadAsync(HttpRequest request, Community community, JsonElement body, CancellationToken cancellationToken)
    {
        var (errors, now) = (new List<FieldError>(), time.GetUtcNow());
        Decision? decision = null;
        if (body.Has("decision"))
        {
            if (Enum.GetNames<Decision>().FirstOrDefault(n => n.Equals(body.Text("decision"), StringComparison.OrdinalIgnoreCase)) is { } name)
                decision = Enum.Parse<Decision>(name);
            else
                errors.Add(new FieldError("decision", $"'decision' must be one of {string.Join(", ", Enum.GetNames<Decision>().Select(JsonNamingPolicy.CamelCase.ConvertName))}."));
        }
        var (by, reason, reply) = (ByOf(body, errors), ReasonOf(body, errors), body.Text("reply"));
        if (body.Has("reply") && reply is not { Length: > 0 and <= LongestReply })
            errors.Add(new FieldError("reply", $"'reply' must have 1 to {LongestReply} characters."));
        var policy = (await policies.InForceAsync(community.Id, cancellationToken)).Policy;
        var wanted = new RulingRequest
        {
            Id = IdOf(request, now),
            Community = community.Id,
            Outcome = default,
            Revision = 0,
            By = AuditTrail.WhoIs(request, by),
            At = now,
            Decision = decision,
            Reason = reason,
            Strike = FlagOf(body, "strike", errors),
            TrustAuthor = FlagOf(body, "trustAuthor", errors),
            Labels = LabelReader.Read(body, errors),
            Route = RouteOf(body, policy.Teams, now, errors),
            Reply = reply,
        };
        if (errors.Count == 0 && wanted is { Decision: null, Strike: false, TrustAuthor: false, Labels.Count: 0, Route: null, Reply: null })
            errors.Add(new FieldError("decision", "Say what is to happen: 'decision', 'route', 'reply', 'labels', 'strike' or 'trustAuthor'."));
        if (reason is null && decision is { } what && policy.RequireReason.Contains(what))
            errors.Add(new FieldError("reason", "The community's policy wants a 'reason' for this decision."));
        return errors.Count == 0 ? (wanted, errors) : (null, errors);
    }

    /// <summary>Who is behind the key; <c>null</c> where the request does not say.</summary>
    public static string? ByOf(JsonElement body, List<FieldError> errors)
    {
        if (body.Has("by") && body.Text("by") is not { Length: > 0 and <= LongestBy })
            errors.Add(new FieldError("by", $"'by' says who decides, in 1 to {LongestBy} characters."));
        return body.Text("by");
    }

    /// <summary>Why; null where the request does not say.</summary>
    public static string? ReasonOf(JsonElement body, List<FieldError> errors)
    {
        if (body.Has("reason") && body.Text("reason") is not { Length: > 0 and <= LongestReason })
            errors.Add(new FieldError("reason", $"'reason' must have 1 to {LongestReason} characters."));
        return body.Text("reason");
    }

    /// <summary>Asked with the same header the same is asked once.</summary>
    public static string IdOf(HttpRequest request, DateTimeOffset now) =>
        request.Headers["Idempotency-Key"] is [{ Length: > 0 and <= 100 } key] ? key : Guid.CreateVersion7(now).ToString("n");

    private static bool FlagOf(JsonElement body, string field, List<FieldError> errors)
    {
        if (body.Has(field) && body.GetProperty(field).ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            errors.Add(new FieldError(field, $"'{field}' must be true or false."));
        return body.IsTrue(field);
    }

    private static Route? RouteOf(JsonElement body, IReadOnlyDictionary<string, TimeSpan> teams, DateTimeOffset now, List<FieldError> errors)
    {
        if (!body.Has("route"))
            return null;
        var route = body.Object("route");
        if (route?.Text("to") is not { } team || !teams.TryGetValue(team, out var within))
        {
            errors.Add(new FieldError("route.to", $"'route' must name a team, as in {{\"to\": \"customer-care\", \"withinHours\": 4}}. The policy's teams are {string.Join(", ", teams.Keys.Order(StringComparer.Ordinal))}."));
            return null;
        }
        if (route.Value.Has("withinHours"))
        {
            if (route.Value.GetProperty("withinHours") is { ValueKind: JsonValueKind.Number } hours && hours.TryGetDouble(out var number) && number > 0 && number <= LongestTarget.TotalHours)
                within = TimeSpan.FromHours(number);
            else
                errors.Add(new FieldError("route.withinHours", $"'withinHours' must be a number above 0, at most {LongestTarget.TotalHours}."));
        }
        return new Route(team, now + within);
    }
}
