using System.Globalization;

namespace Moderato.Storage.Tables;

/// <summary>
/// Values as they are written in a filter:
/// https://learn.microsoft.com/rest/api/storageservices/querying-tables-and-entities#supported-property-types-in-filter-expressions
/// </summary>
internal static class QueryFilter
{
    public static string Create(FormattableString filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return string.Format(CultureInfo.InvariantCulture, filter.Format, Array.ConvertAll(filter.GetArguments(), object? (a) => Literal(a)));
    }

    private static string Literal(object? value) => value switch
    {
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        bool flag => flag ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        long number => string.Create(CultureInfo.InvariantCulture, $"{number}L"),
        double number => Double(number),
        DateTimeOffset time => $"datetime'{EntityValue.FormatTime(time)}'",
        DateTime time => $"datetime'{EntityValue.FormatTime(EntityValue.ToUtc(time))}'",
        Guid id => $"guid'{id:D}'",
        byte[] bytes => $"X'{Convert.ToHexStringLower(bytes)}'",
        BinaryData data => $"X'{Convert.ToHexStringLower(data.ToMemory().Span)}'",
        null => throw new ArgumentException("A filter cannot ask for null: the service does not store such properties.", nameof(value)),
        _ => throw new ArgumentException($"A filter cannot hold a {value.GetType().Name}.", nameof(value)),
    };

    /// <summary>With a point even where the number is whole: without one it would be an Int32, which no double equals.</summary>
    private static string Double(double number)
    {
        if (!double.IsFinite(number))
        {
            throw new ArgumentException("A filter cannot ask for a number that is not finite.", nameof(number));
        }

        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }
}
