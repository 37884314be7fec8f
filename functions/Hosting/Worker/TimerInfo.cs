namespace Moderato.Hosting.Worker;

/// <summary>What a timer function learns about its run.</summary>
public class TimerInfo
{
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>True if the run comes later than the schedule wanted, for example because the app was off.</summary>
    public bool IsPastDue { get; set; }
}

/// <summary>When a timer ran and will run, UTC.</summary>
public class ScheduleStatus
{
    public DateTime Last { get; set; }
    public DateTime Next { get; set; }
    public DateTime LastUpdated { get; set; }
}
