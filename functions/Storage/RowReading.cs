using Moderato.Comments;
using Moderato.Storage.Tables;

namespace Moderato.Storage;

/// <summary>What reading and writing rows of different tables has in common.</summary>
internal static class RowReading
{
    /// <summary>Storage keeps no nulls: a property that says nothing is left out.</summary>
    public static void SetIfAny(this TableEntity row, string property, object? value)
    {
        if (value is not null)
            row[property] = value;
    }

    public static CommentKey CommentKey(this TableEntity row) => new(PlatformId.Parse(row.Text("Platform")), row.Text("Id"));

    public static Author? Author(this TableEntity row) => row.GetString("AuthorId") is { } id ? new Author(id, row.GetString("AuthorName")) : null;

    /// <summary>A text property holds 32 Ki characters; a longer text is continued in the next one: Body0, Body1…</summary>
    public static void SetLongText(this TableEntity row, string property, string text)
    {
        const int longest = 30_000;
        for (var (start, part) = (0, 0); start < text.Length; part++)
        {
            var length = Math.Min(longest, text.Length - start);
            if (start + length < text.Length && char.IsHighSurrogate(text[start + length - 1]))
                length--; // half a character is no text
            row[string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{property}{part}")] = text.Substring(start, length);
            start += length;
        }
    }

    /// <inheritdoc cref="SetLongText"/>
    public static string LongText(this TableEntity row, string property)
    {
        var parts = Enumerable.Range(0, int.MaxValue).Select(part => row.GetString(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{property}{part}")));
        return string.Concat(parts.TakeWhile(p => p is not null));
    }

    /// <exception cref="FormatException">The property is missing: the row was not written by Moderato.</exception>
    public static string Text(this TableEntity row, string property) => row.GetString(property) ?? throw Missing(row, property);

    /// <inheritdoc cref="Text"/>
    public static DateTimeOffset Time(this TableEntity row, string property) =>
        row.GetDateTimeOffset(property) ?? throw Missing(row, property);

    private static FormatException Missing(TableEntity row, string property) => new($"A row of '{row.PartitionKey}' has no {property}.");
}
