namespace Moderato.Storage.Tables;

/// <summary>
/// Where the next page begins, as one opaque string. Both parts are escaped, so that a token which went through other hands can
/// only ever be the value of these two parameters.
/// </summary>
/// <param name="NextPartitionKey">Opaque, from the service.</param>
/// <param name="NextRowKey">Opaque, from the service; not every answer has it.</param>
internal readonly record struct ContinuationToken(string NextPartitionKey, string? NextRowKey)
{
    public static ContinuationToken Parse(string text)
    {
        var parts = text.Split('&');
        return parts.Length <= 2 && parts[0].Length > 0
            ? new ContinuationToken(Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : null)
            : throw new ArgumentException("This is no continuation token of this client.", nameof(text));
    }

    public override string ToString() => NextRowKey is null
        ? Uri.EscapeDataString(NextPartitionKey)
        : $"{Uri.EscapeDataString(NextPartitionKey)}&{Uri.EscapeDataString(NextRowKey)}";
}
