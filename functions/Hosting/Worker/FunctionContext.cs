namespace Moderato.Hosting.Worker;

/// <summary>One invocation, as its function sees it.</summary>
public abstract class FunctionContext
{
    public abstract string InvocationId { get; }
    public abstract FunctionDefinition FunctionDefinition { get; }
    public abstract BindingContext BindingContext { get; }
    public abstract IServiceProvider InstanceServices { get; set; }
    public virtual CancellationToken CancellationToken { get; }
}

/// <summary>Which function is running.</summary>
public abstract class FunctionDefinition
{
    public abstract string Name { get; }
}

/// <summary>What came beside the trigger's value: a queue message's DequeueCount, InsertionTime and so on.</summary>
public abstract class BindingContext
{
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}
