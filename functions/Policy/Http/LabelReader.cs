using System.Globalization;
using System.Text.Json;
using Moderato.Comments;
using Moderato.Hosting;

namespace Moderato.Policy;

/// <summary>Reads labels for an author from a request's body.</summary>
public static class LabelReader
{
    /// <summary>How many are given at once.</summary>
    public const int Most = 20;

    /// <summary><c>labels</c>, a list of <c>name</c> and <c>until</c>; nothing where there is none.</summary>
    public static IReadOnlyList<AuthorLabel> Read(JsonElement body, List<FieldError> errors)
    {
        var labels = new List<AuthorLabel>();
        if (body.Has("labels") && body.GetProperty("labels").ValueKind != JsonValueKind.Array)
            errors.Add(new FieldError("labels", "'labels' must be a list, such as [{\"name\": \"vip\"}]."));
        foreach (var (i, label) in body.List("labels").Index())
        {
            DateTimeOffset until = default;
            if (label.Has("until") && !DateTimeOffset.TryParse(label.Text("until"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out until))
                errors.Add(new FieldError($"labels[{i}].until", "'until' must be a time such as 2026-12-31T00:00:00Z."));
            if (label.Text("name") is { } name && Slug.IsValid(name, DocumentReader.LongestId))
                labels.Add(new AuthorLabel(name, label.Has("until") ? until : null));
            else
                errors.Add(new FieldError($"labels[{i}].name", $"'name' must have 1 to {DocumentReader.LongestId} lower-case letters, digits or hyphens."));
        }
        if (labels.Count > Most)
            errors.Add(new FieldError("labels", $"At most {Most} labels are given at once."));
        return labels;
    }
}
