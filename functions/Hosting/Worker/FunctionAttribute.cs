namespace Moderato.Hosting.Worker;

/// <summary>Marks a method as a function.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class FunctionAttribute(string name) : Attribute
{
    /// <summary>Names the function: its folder, its invocation address, its name in logs. Unique within the app.</summary>
    public string Name { get; } = name;
}
