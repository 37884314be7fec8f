namespace Microsoft.Azure.Functions.Worker;

// Microsoft.Azure.Functions.Worker.Core

public abstract class FunctionContext
{
    public abstract string InvocationId { get; }
    public abstract FunctionDefinition FunctionDefinition { get; }
    public abstract BindingContext BindingContext { get; }
    public abstract IServiceProvider InstanceServices { get; set; }
    public virtual CancellationToken CancellationToken { get; }
}

public abstract class FunctionDefinition
{
    public abstract string Name { get; }
}

public abstract class BindingContext
{
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}
