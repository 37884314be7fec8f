namespace Moderato.Storage.Tables;

/// <summary>What happens to the properties that the row has and the new version does not mention.</summary>
public enum TableUpdateMode
{
    /// <summary>They stay.</summary>
    Merge,

    /// <summary>They go.</summary>
    Replace,
}
