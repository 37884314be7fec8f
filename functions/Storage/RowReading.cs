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

    /// <exception cref="FormatException">The property is missing: the row was not written by Moderato.</exception>
    public static string Text(this TableEntity row, string property) => row.GetString(property) ?? throw Missing(row, property);

    /// <inheritdoc cref="Text"/>
    public static DateTimeOffset Time(this TableEntity row, string property) =>
        row.GetDateTimeOffset(property) ?? throw Missing(row, property);

    private static FormatException Missing(TableEntity row, string property) => new($"A row of '{row.PartitionKey}' has no {property}.");
}
