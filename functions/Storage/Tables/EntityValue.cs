using System.Globalization;
using System.Text.Json;

namespace Moderato.Storage.Tables;

/// <summary>
/// One typed property to and from JSON. JSON tells text, true, false and 32-bit numbers apart; every other type is named by
/// <c>Property@odata.type</c>: https://learn.microsoft.com/rest/api/storageservices/payload-format-for-table-service-operations
/// </summary>
internal static class EntityValue
{
    public const string TypeSuffix = "@odata.type";

    /// <summary>The service's calendar: seven digits behind the second, always UTC.</summary>
    public const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.fffffffZ";

    /// <summary>Nothing is written for null: the service has no such value.</summary>
    /// <exception cref="NotSupportedException">The service has no such type.</exception>
    public static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case string text:
                json.WriteString(name, text);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case long number:
                WriteTyped(json, name, "Edm.Int64", number.ToString(CultureInfo.InvariantCulture));
                break;
            case double number:
                WriteDouble(json, name, number);
                break;
            case DateTimeOffset time:
                WriteTyped(json, name, "Edm.DateTime", FormatTime(time));
                break;
            case DateTime time:
                WriteTyped(json, name, "Edm.DateTime", FormatTime(ToUtc(time)));
                break;
            case Guid id:
                json.WriteString(name + TypeSuffix, "Edm.Guid");
                json.WriteString(name, id);
                break;
            case byte[] bytes:
                json.WriteString(name + TypeSuffix, "Edm.Binary");
                json.WriteBase64String(name, bytes);
                break;
            case BinaryData data:
                json.WriteString(name + TypeSuffix, "Edm.Binary");
                json.WriteBase64String(name, data.ToMemory().Span);
                break;
            case Enum member:
                json.WriteString(name, member.ToString());
                break;
            default:
                throw new NotSupportedException($"The property {name} is {value.GetType().Name}, which the table service cannot store.");
        }
    }

    public static object? Read(JsonElement value, string? type) => type switch
    {
        "Edm.Int64" => long.Parse(value.GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        "Edm.Double" when value.ValueKind == JsonValueKind.String => double.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        "Edm.Double" => value.GetDouble(),
        "Edm.DateTime" => value.GetDateTimeOffset(),
        "Edm.Guid" => value.GetGuid(),
        "Edm.Binary" => value.GetBytesFromBase64(),
        _ => value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            // A double that happens to be whole arrives as 1.0, which is no Int32.
            JsonValueKind.Number => value.TryGetInt32(out var number) ? (object)number : value.GetDouble(),
            _ => null,
        },
    };

    public static string FormatTime(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>A time that does not say its zone is taken as UTC.</summary>
    public static DateTimeOffset ToUtc(DateTime time) =>
        new(time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private static void WriteTyped(Utf8JsonWriter json, string name, string type, string value)
    {
        json.WriteString(name + TypeSuffix, type);
        json.WriteString(name, value);
    }

    /// <summary>Always with its type: JSON writes 1.0 as 1, which would come back as an Int32.</summary>
    private static void WriteDouble(Utf8JsonWriter json, string name, double number)
    {
        json.WriteString(name + TypeSuffix, "Edm.Double");
        if (double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteString(name, number.ToString(CultureInfo.InvariantCulture));
        }
    }
}
