using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;

namespace Moderato.Storage.Tables;

/// <summary>
/// The properties of a class that is stored as a row: public, readable and writable, apart from the four of
/// <see cref="ITableEntity"/>. Looked up once per class.
/// </summary>
internal sealed class EntityMapping
{
    private static readonly ConcurrentDictionary<Type, EntityMapping> Known = new();

    private readonly Dictionary<string, PropertyInfo> _properties;

    private EntityMapping(Type type) =>
        _properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetMethod is { IsPublic: true } && p.SetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0)
            .Where(p => typeof(ITableEntity).GetProperty(p.Name) is null)
            .ToDictionary(p => p.Name);

    public static EntityMapping Of(Type type) => Known.GetOrAdd(type, static t => new EntityMapping(t));

    public void Write(Utf8JsonWriter json, ITableEntity entity)
    {
        foreach (var (name, property) in _properties)
        {
            EntityValue.Write(json, name, property.GetValue(entity));
        }
    }

    /// <summary>A column that the class does not know is left alone.</summary>
    /// <exception cref="InvalidOperationException">The row has another type in this column than the class.</exception>
    public void Set(ITableEntity entity, string name, object? value)
    {
        if (value is not null && _properties.TryGetValue(name, out var property))
        {
            property.SetValue(entity, Fit(property, value));
        }
    }

    private static object Fit(PropertyInfo property, object value)
    {
        var wanted = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return value switch
        {
            _ when wanted.IsInstanceOfType(value) => value,
            string text when wanted.IsEnum && Enum.TryParse(wanted, text, out var member) => member,
            DateTimeOffset time when wanted == typeof(DateTime) => time.UtcDateTime,
            byte[] bytes when wanted == typeof(BinaryData) => new BinaryData(bytes),
            _ => throw new InvalidOperationException(
                $"The column {property.Name} holds {value.GetType().Name}, which {property.DeclaringType?.Name} cannot take as {wanted.Name}."),
        };
    }
}
