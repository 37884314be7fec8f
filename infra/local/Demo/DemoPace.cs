namespace Moderato.Local.Demo;

/// <summary>How patient the demo is.</summary>
internal sealed record DemoPace
{
    /// <summary>The wait before the first redelivery; every further one waits twice as long. Default 500 ms.</summary>
    public TimeSpan FirstRedelivery { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long redeliveries of one body may wait altogether before it counts as not delivered. Default 60 s.</summary>
    public TimeSpan RedeliverFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long all comments together may take to get their outcomes. Default 180 s.</summary>
    public TimeSpan WaitForOutcomes { get; init; } = TimeSpan.FromSeconds(180);

    /// <summary>How often outcomes are asked for. Default 1 s.</summary>
    public TimeSpan AskEvery { get; init; } = TimeSpan.FromSeconds(1);
}
