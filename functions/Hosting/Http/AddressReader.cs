using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Moderato.Comments;

namespace Moderato.Hosting;

/// <summary>Reads what an address asks behind its question mark, and keeps everything that is wrong with it. An empty field is as good as absent.</summary>
public sealed class AddressReader
{
    private readonly IQueryCollection _from;
    private readonly IReadOnlyList<string> _known;

    /// <param name="from">The fields.</param>
    /// <param name="known">What may be asked; anything else is refused, since its silence would be believed to be consent.</param>
    public AddressReader(IQueryCollection from, IReadOnlyList<string> known)
    {
        (_from, _known) = (from, known);
        foreach (var unknown in from.Keys.Where(k => !known.Contains(k, StringComparer.OrdinalIgnoreCase)))
            Refuse(unknown, $"is not known; there are {string.Join(", ", known)}");
    }

    /// <summary>What is wrong so far.</summary>
    public List<FieldError> Errors { get; } = [];

    public void Refuse(string field, string rule) => Errors.Add(new FieldError(field, $"'{field}' {rule}."));

    public string? Value(string field) => _from[field].ToString() is { Length: > 0 } text ? text : null;

    public string? Text(string field, int longest)
    {
        if (Value(field) is not { } text)
            return null;
        if (text.Length <= longest && _from[field].Count == 1)
            return text;
        Refuse(field, $"must be one text of at most {longest} characters");
        return null;
    }

    public int Limit(int usual, int largest)
    {
        if (Value("limit") is not { } text)
            return usual;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= largest)
            return limit;
        Refuse("limit", $"must be a whole number from 1 to {largest}");
        return usual;
    }

    public DateTimeOffset? Time(string field)
    {
        if (Value(field) is not { } text)
            return null;
        if (QueryTime.TryParse(text, out var time))
            return time;
        Refuse(field, QueryTime.Rule);
        return null;
    }

    /// <summary>One of an enumeration's names, in whatever case.</summary>
    public T? Name<T>(string field)
        where T : struct, Enum
    {
        if (Value(field) is not { } text)
            return null;
        if (Enum.GetNames<T>().FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name)
            return Enum.Parse<T>(name);
        Refuse(field, $"must be one of {string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName))}");
        return null;
    }

    /// <summary>One of some names, as they are written.</summary>
    public string? OneOf(string field, IReadOnlyCollection<string> names)
    {
        if (Value(field) is not { } text)
            return null;
        if (names.FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name)
            return name;
        Refuse(field, $"must be one of {string.Join(", ", names)}");
        return null;
    }

    public PlatformId? Platform()
    {
        if (Value("platform") is not { } text)
            return null;
        if (PlatformId.TryParse(text, out var platform))
            return platform;
        Refuse("platform", $"must have {PlatformId.Rule}");
        return null;
    }

    /// <summary>What is asked, without where to go on and how much: a cursor belongs to it.</summary>
    public string Question(string of) => string.Join('\n', _known.Where(k => k is not ("cursor" or "limit")).Select(k => $"{k}={Value(k)}").Prepend(of));

    /// <summary>Where to go on; null for the beginning.</summary>
    public async Task<string?> AfterAsync(Cursors cursors, string of, CancellationToken cancellationToken)
    {
        if (Value("cursor") is not { } cursor)
            return null;
        if (await cursors.OpenAsync(Question(of), cursor, cancellationToken) is { } position)
            return position;
        Refuse("cursor", "must be a 'nextCursor' of the same query, unchanged");
        return null;
    }
}
