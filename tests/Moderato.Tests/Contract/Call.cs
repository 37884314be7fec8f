
namespace Moderato.Tests.Contract;

/// <summary>A request that is to be answered with a status.</summary>
/// <param name="OperationId">The operation.</param>
/// <param name="Status">The status expected.</param>
internal sealed record Call(string OperationId, int Status)
{
    /// <summary>Parameters of the route that differ from what is there.</summary>
    public Dictionary<string, string> Route { get; init; } = [];
    public string Query { get; init; } = "";

    /// <summary>Null for the document's example.</summary>
    public string? Body { get; init; }
    public string? ContentType { get; init; }

    /// <summary>Null for none.</summary>
    public string? Key { get; init; } = ContractApp.Admin;
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>Whether there is no body although the operation takes one.</summary>
    public bool WithoutBody { get; init; }

    public override string ToString() => $"{OperationId} {Status}";
}
