namespace Moderato.Hosting.Worker;

/// <summary>Marks a method as a function. Same shape as Microsoft.Azure.Functions.Worker.FunctionAttribute.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FunctionAttribute(string name) : Attribute
{
    /// <summary>Names the function: its folder, its invocation address, its name in logs. Unique within the app.</summary>
    public string Name { get; } = name;
}
