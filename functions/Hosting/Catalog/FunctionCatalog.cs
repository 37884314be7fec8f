using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Moderato.Hosting;

/// <summary>A function found in the app: its name, its method and the parameter that its trigger is bound to.</summary>
public sealed record FunctionDescriptor(string Name, Type Class, MethodInfo Method, ParameterInfo TriggerParameter, Attribute Trigger);

/// <summary>Every function of an assembly, in order of name. Reads the attributes of whichever programming model the project is built with.</summary>
public static class FunctionCatalog
{
    /// <exception cref="InvalidOperationException">A function is malformed; the message lists every problem.</exception>
    public static IReadOnlyList<FunctionDescriptor> Of(Assembly assembly)
    {
        var problems = new List<string>();
        var functions = new List<FunctionDescriptor>();
        // Asked at every start: what no function can be in, such as the many types that the compiler makes, is not looked at.
        var methods = assembly.GetExportedTypes().Where(t => t.IsClass)
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly));
        foreach (var method in methods)
        {
            if (!method.IsDefined(typeof(FunctionAttribute), inherit: false) || method.GetCustomAttribute<FunctionAttribute>() is not { } function)
                continue;

            var triggers = method.GetParameters().Select(p => (Parameter: p, Trigger: TriggerOf(p))).Where(p => p.Trigger is not null).ToList();
            if (triggers is [var (parameter, trigger)])
                functions.Add(new FunctionDescriptor(function.Name, method.DeclaringType!, method, parameter, trigger!));
            else
                problems.Add($"{method.DeclaringType!.Name}.{method.Name} has {triggers.Count} triggers; a function has exactly one.");
        }

        problems.AddRange(functions.GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Skip(1).Any())
            .Select(g => $"The function name {g.Key} is used {g.Count()} times."));
        problems.AddRange(functions.Where(f => f.Trigger is HttpTriggerAttribute && f.TriggerParameter.ParameterType != typeof(HttpRequest))
            .Select(f => $"The HTTP function {f.Name} must take an HttpRequest."));
        if (problems.Count > 0)
            throw new InvalidOperationException(string.Join(Environment.NewLine, problems));

        return [.. functions.OrderBy(f => f.Name, StringComparer.Ordinal)];
    }

    /// <summary>The route below the host's prefix: the trigger's, or the function's name.</summary>
    public static string RouteOf(FunctionDescriptor function, HttpTriggerAttribute http) => http.Route ?? function.Name;

    private static Attribute? TriggerOf(ParameterInfo parameter) =>
        parameter.GetCustomAttributes().FirstOrDefault(a => a is HttpTriggerAttribute or QueueTriggerAttribute or TimerTriggerAttribute);
}
