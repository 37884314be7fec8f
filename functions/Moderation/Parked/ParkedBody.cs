using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Hosting;

namespace Moderato.Moderation;

/// <summary>Reads what is to be done about parked work.</summary>
internal static class ParkedBody
{
    public const int LongestName = 100;
    private const int LongestReason = 500;

    /// <summary>Why something is discarded, and by whom; or the refusal to answer with.</summary>
    public static async Task<(string? Reason, string? By, IResult? Refusal)> ReadDiscardAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (body, unreadable) = await RequestBody.ReadObjectAsync(request, "{\"reason\": \"spam from a test account\", \"by\": \"Anna\"}", cancellationToken);
        if (body is null)
            return (null, null, unreadable);
        var errors = new List<FieldError>();
        var (reason, by) = (Text(body.Value, "reason"), By(body.Value, errors));
        if (reason is not { Length: > 0 and <= LongestReason })
            errors.Add(new FieldError("reason", $"'reason' must say why, in 1 to {LongestReason} characters."));
        return errors.Count > 0 ? (null, null, Problem.Invalid(errors)) : (reason, by, null);
    }

    /// <summary>The ids to try again; null for all.</summary>
    public static (IReadOnlyList<string>? Ids, string? By, IReadOnlyList<FieldError> Errors) ReadMany(JsonElement body)
    {
        var errors = new List<FieldError>();
        var by = By(body, errors);
        var all = body.TryGetProperty("all", out var flag) && flag.ValueKind == JsonValueKind.True;
        var listed = body.TryGetProperty("ids", out var list) && list.ValueKind == JsonValueKind.Array ? list : default;
        if (all == (listed.ValueKind == JsonValueKind.Array))
            errors.Add(new FieldError("ids", "Send either 'ids', a list, or 'all': true."));
        if (all || listed.ValueKind != JsonValueKind.Array)
            return (null, by, errors);
        if (listed.GetArrayLength() is 0 or > ParkedFunctions.MostAtOnce || listed.EnumerateArray().Any(i => i.ValueKind != JsonValueKind.String))
            errors.Add(new FieldError("ids", $"'ids' must hold 1 to {ParkedFunctions.MostAtOnce} ids."));
        return ([.. listed.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.String).Select(i => i.GetString()!).Distinct()], by, errors);
    }

    private static string? By(JsonElement body, List<FieldError> errors)
    {
        var by = Text(body, "by");
        if (by?.Length > LongestName)
            errors.Add(new FieldError("by", $"'by' must have at most {LongestName} characters."));
        return by;
    }

    private static string? Text(JsonElement body, string field) =>
        body.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : null;
}
