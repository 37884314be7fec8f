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

    /// <summary>How long the alarm may take once every outcome is there. Default 60 s.</summary>
    public TimeSpan WaitForAlarm { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long mails may be on their way. Default 30 s.</summary>
    public TimeSpan WaitForMails { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often outcomes, incidents and mails are asked for. Default 1 s.</summary>
    public TimeSpan AskEvery { get; init; } = TimeSpan.FromSeconds(1);
}
