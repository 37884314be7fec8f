using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Moderato.Hosting.Worker;

/// <summary>Calls one function: makes its class in a scope of its own, binds the parameters, awaits the result.</summary>
internal sealed class FunctionInvoker(FunctionDescriptor function)
{
    private static readonly JsonSerializerOptions HostJson = new() { PropertyNameCaseInsensitive = true };

    private readonly ObjectFactory? _make = function.Method.IsStatic ? null : ActivatorUtilities.CreateFactory(function.Class, Type.EmptyTypes);
    private readonly MethodInvoker _invoke = MethodInvoker.Create(function.Method);
    private readonly ParameterInfo[] _parameters = function.Method.GetParameters();
    private readonly PropertyInfo? _result = function.Method.ReturnType.IsGenericType ? function.Method.ReturnType.GetProperty("Result") : null;

    public FunctionDescriptor Function => function;

    /// <summary>An HTTP function: its result is written as the response.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        var context = new Invocation(
            function.Name,
            http.Request.Headers["X-Azure-Functions-InvocationId"].FirstOrDefault() ?? http.TraceIdentifier,
            http.Request.RouteValues.ToDictionary(v => v.Key, v => v.Value, StringComparer.OrdinalIgnoreCase),
            http.RequestServices,
            http.RequestAborted);
        var result = await CallAsync(context, parameter => FromRequest(parameter, http));
        if (result is IResult response)
            await response.ExecuteAsync(http);
    }

    /// <summary>Any other function. Throws what the function throws: the server makes a failed invocation of it.</summary>
    public Task<object?> InvokeAsync(InvocationRequest request, string invocationId, IServiceProvider services, CancellationToken cancellationToken)
    {
        var context = new Invocation(function.Name, invocationId, request.Metadata(), services, cancellationToken);
        return CallAsync(context, parameter => parameter == function.TriggerParameter ? FromTrigger(parameter, request) : Unbound(parameter));
    }

    private async Task<object?> CallAsync(Invocation context, Func<ParameterInfo, object?> bind)
    {
        var arguments = new object?[_parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = _parameters[i].ParameterType == typeof(CancellationToken) ? context.CancellationToken
                : _parameters[i].ParameterType == typeof(FunctionContext) ? context
                : bind(_parameters[i]);
        }

        var instance = _make?.Invoke(context.InstanceServices, null);
        try
        {
            var returned = _invoke.Invoke(instance, arguments.AsSpan());
            if (returned is not Task task)
                return returned;
            await task;
            return _result?.GetValue(task);
        }
        finally
        {
            if (instance is IAsyncDisposable later)
                await later.DisposeAsync();
            else
                (instance as IDisposable)?.Dispose();
        }
    }

    private object? FromRequest(ParameterInfo parameter, HttpContext http)
    {
        if (parameter == function.TriggerParameter)
            return http.Request;
        if (http.GetRouteValue(parameter.Name!) is string value)
            return Convert.ChangeType(value, parameter.ParameterType, CultureInfo.InvariantCulture);
        return Unbound(parameter);
    }

    private static object FromTrigger(ParameterInfo parameter, InvocationRequest request)
    {
        if (parameter.ParameterType == typeof(string))
            return request.TextOf(parameter.Name!);
        return JsonSerializer.Deserialize(request.TextOf(parameter.Name!), parameter.ParameterType, HostJson)
            ?? throw new FormatException($"The host sent null for '{parameter.Name}'.");
    }

    private object? Unbound(ParameterInfo parameter) =>
        parameter.HasDefaultValue ? parameter.DefaultValue
        : throw new InvalidOperationException($"Nothing binds the parameter '{parameter.Name}' of {function.Name}.");

    private sealed class Invocation(
        string function, string id, IReadOnlyDictionary<string, object?> data, IServiceProvider services, CancellationToken cancellation) : FunctionContext
    {
        public override string InvocationId => id;
        public override FunctionDefinition FunctionDefinition { get; } = new Definition(function);
        public override BindingContext BindingContext { get; } = new Binding(data);
        public override IServiceProvider InstanceServices { get; set; } = services;
        public override CancellationToken CancellationToken => cancellation;
    }

    private sealed class Definition(string name) : FunctionDefinition
    {
        public override string Name => name;
    }

    private sealed class Binding(IReadOnlyDictionary<string, object?> data) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData => data;
    }
}
