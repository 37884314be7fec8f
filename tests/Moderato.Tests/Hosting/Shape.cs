using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Moderato.Tests.Hosting;

/// <summary>
/// A public type as its users see it, line by line, in C#'s words and without namespaces: what it is, its constructors, properties with
/// their defaults, methods.
/// </summary>
internal static class Shape
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(int)] = "int",
    };

    public static IReadOnlyList<string> Of(Type type)
    {
        if (type.IsEnum)
            return [Head(type), .. Enum.GetNames(type).Select(n => $"{n} = {Convert.ToInt32(Enum.Parse(type, n), CultureInfo.InvariantCulture)}")];

        var constructors = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance);
        var made = constructors is [var constructor, ..] && !type.IsAbstract ? constructor.Invoke([.. constructor.GetParameters().Select(Some)]) : null;
        return
        [
            Head(type),
            .. constructors.Select(c => $"{type.Name}({Parameters(c)})").Order(StringComparer.Ordinal),
            .. type.GetProperties(Declared).Select(p => Property(p, made)).Order(StringComparer.Ordinal),
            .. type.GetMethods(Declared).Where(m => !m.IsSpecialName).Select(Method).Order(StringComparer.Ordinal),
        ];
    }

    private static string Head(Type type)
    {
        var sort = type switch
        {
            { IsEnum: true } => "enum",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        var parents = type.IsEnum ? [] : type.GetInterfaces().Prepend(type.BaseType!).Where(p => p != typeof(object)).Select(p => p.Name).ToArray();
        var head = parents.Length == 0 ? sort : $"{sort} : {string.Join(", ", parents)}";
        return type.IsSubclassOf(typeof(Attribute)) && type.GetCustomAttribute<AttributeUsageAttribute>(inherit: true) is { } usage
            ? $"{head}, on {usage.ValidOn}{(usage.AllowMultiple ? ", often" : "")}{(usage.Inherited ? "" : ", not inherited")}"
            : head;
    }

    private static string Property(PropertyInfo property, object? made)
    {
        var nullability = new NullabilityInfoContext().Create(property);
        var settable = property.SetMethod is { IsPublic: true };
        var text = $"{Modifier(property.GetMethod!)}{Name(property.PropertyType, nullability)} {property.Name} {(settable ? "{ get; set; }" : "{ get; }")}";
        if (made is null || !settable)
            return text;
        var value = property.GetValue(made);
        var zero = property.PropertyType.IsValueType ? Activator.CreateInstance(property.PropertyType) : null;
        return Equals(value, zero) ? text : $"{text} = {string.Create(CultureInfo.InvariantCulture, $"{value}").ToLowerInvariant()}";
    }

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";
        var result = Name(method.ReturnType, new NullabilityInfoContext().Create(method.ReturnParameter));
        return $"{Modifier(method)}{result} {method.Name}{generic}({(method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "")}{Parameters(method)})";
    }

    private static string Modifier(MethodInfo method) => method switch
    {
        { IsStatic: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p =>
        $"{(p.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")}{Name(p.ParameterType, new NullabilityInfoContext().Create(p))} {p.Name}"
        + (p.HasDefaultValue ? $" = {p.DefaultValue ?? "null"}" : "")));

    private static string Name(Type type, NullabilityInfo nullability)
    {
        var mark = !type.IsValueType && nullability.ReadState == NullabilityState.Nullable ? "?" : "";
        if (type.IsArray)
            return $"{Name(type.GetElementType()!, nullability.ElementType!)}[]{mark}";
        if (!type.IsGenericType)
            return $"{Keywords.GetValueOrDefault(type, type.Name)}{mark}";
        var arguments = type.GetGenericArguments().Zip(nullability.GenericTypeArguments, Name);
        return $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", arguments)}>{mark}";
    }

    /// <summary>Anything to make an attribute with.</summary>
    private static object Some(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(string) ? "some"
        : parameter.ParameterType.IsArray ? Array.CreateInstance(parameter.ParameterType.GetElementType()!, 0)
        : Activator.CreateInstance(parameter.ParameterType)!;
}
