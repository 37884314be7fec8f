namespace Moderato.Storage.Tables;

/// <summary>A table, as the answer to its creation names it.</summary>
/// <param name="Name">The table's name.</param>
public sealed record TableItem(string Name);
