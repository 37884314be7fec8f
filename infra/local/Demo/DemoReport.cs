using System.Globalization;

namespace Moderato.Local.Demo;

/// <summary>What came of the run: a table for people, and whether anything is missing.</summary>
internal sealed class DemoReport(
    DemoScript script, RunTag run, Ledger ledger, Outcomes outcomes, Completeness day, (DemoIncident Incident, TimeSpan After)? alarm, IReadOnlyList<DemoMail> mails)
{
    private const int LongestList = 40;

    private static readonly string[] Decisions = ["approve", "hide", "hold", "delete", "escalate"];
    private static readonly string[] Sentiments = ["positive", "neutral", "negative"];

    /// <summary>Everything that is not as it should be, one line each: platform and id, never a text. Empty after a good run.</summary>
    public IReadOnlyList<string> Problems { get; } =
    [
        .. script.Comments.Select(comment => ProblemOf(comment, script, run, ledger, outcomes)).OfType<string>(),
        .. StrangersIn(script, run, outcomes),
        .. ProblemsOf(day),
        .. alarm is null ? ["no alarm was raised for the mutiny"] : Array.Empty<string>(),
        .. mails.Where(m => m.State != "sent").Select(m => $"a mail of the kind {m.Kind} is {m.State}"),
    ];

    public IEnumerable<string> Table()
    {
        yield return Row("Sent", script.Comments.Count);
        yield return Row("Received", ledger.Delivered);
        yield return Row("Scored", outcomes.Items.Count(o => o.Sentiment is not null));
        yield return Row("Removed by author", outcomes.Items.Count(o => o.State == "removed"));
        yield return "";
        foreach (var decision in Decisions) yield return Row($"  {decision}", outcomes.Items.Count(o => o.Decision == decision));
        yield return "";
        foreach (var label in Sentiments) yield return Row($"  {label}", outcomes.Items.Count(o => o.Sentiment?.Label == label));
        yield return "";
        yield return Row("Waiting", script.Comments.Count(c => !outcomes.Of(run.KeyOf(c)).Any()));
        yield return Row("Parked", day.Parked);
        yield return Row("Delivered again", ledger.Repeated);
        yield return Row("Duplicates refused", day.Duplicates) + "  (the whole day)";
        yield return Row("Lost", day.Lost);
    }

    /// <summary>How often the model and a community manager agree on the sentiment.</summary>
    public string Agreement()
    {
        var judged = script.Comments
            .Select(c => (Expected: script.ExpectationOf(c).Sentiment, outcomes.Of(run.KeyOf(c)).FirstOrDefault()?.Sentiment?.Label))
            .Where(pair => pair.Label is not null)
            .ToList();
        var parts = Sentiments.Select(label => $"{label} {Agreed(judged.Where(pair => pair.Expected == label))}");
        return $"The model agrees with a community manager on {Agreed(judged)} sentiments ({string.Join(", ", parts)}).";
    }

    /// <summary>What the shared anger of the script looks like from here.</summary>
    public string Mutiny()
    {
        var angry = script.Comments.Where(c => c.Cause is not null).ToList();
        var people = angry.Select(c => (c.Platform, c.Author.Id)).Distinct().Count();
        var channels = angry.Select(c => (c.Platform, c.Channel)).Distinct().Count();
        var heard = angry.Count(c => outcomes.Of(run.KeyOf(c)).Any(o => o.Sentiment?.Label == "negative"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The small mutiny: {people} people on {channels} channels with one cause, {heard} of {angry.Count} comments judged negative.");
    }

    /// <summary>What the watch made of that anger.</summary>
    public string Alarm() => alarm is not var (incident, after)
        ? "The alarm: none."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"The alarm: {incident.Level}, {string.Join(", ", incident.Concepts.Concat(incident.Words))}, {incident.People} people on {incident.Channels.Count} {(incident.Channels.Count == 1 ? "channel" : "channels")}, {after.TotalSeconds:0} s after the last outcome.");

    /// <summary>What was mailed.</summary>
    public string Mails() => mails.Count == 0
        ? "no mail in this run"
        : string.Join(", ", mails.CountBy(m => m.Kind).OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Key} {m.Value}")));

    public IEnumerable<string> ProblemList() => Problems.Count <= LongestList
        ? Problems
        : Problems.Take(LongestList).Append(string.Create(CultureInfo.InvariantCulture, $"and {Problems.Count - LongestList} more"));

    private static string? ProblemOf(DemoComment comment, DemoScript script, RunTag run, Ledger ledger, Outcomes outcomes)
    {
        var key = run.KeyOf(comment);
        var why = ledger.Refused.GetValueOrDefault(key) ?? outcomes.WhatIsWrongWith(comment, script, run);
        return why is null ? null : $"{key}: {why}";
    }

    private static IEnumerable<string> StrangersIn(DemoScript script, RunTag run, Outcomes outcomes)
    {
        var sent = script.Comments.Select(run.KeyOf).ToHashSet();
        return outcomes.Items
            .Select(o => new SentKey(o.Platform, o.CommentId))
            .Where(key => !sent.Contains(key))
            .Select(key => $"{key}: has an outcome and was nobody's comment");
    }

    private static IEnumerable<string> ProblemsOf(Completeness day)
    {
        if (day.Lost != 0) yield return string.Create(CultureInfo.InvariantCulture, $"the digest says {day.Lost} lost");
        if (day.Waiting != 0) yield return string.Create(CultureInfo.InvariantCulture, $"the digest says {day.Waiting} waiting");
        if (day.Parked != 0) yield return string.Create(CultureInfo.InvariantCulture, $"the digest says {day.Parked} parked");
    }

    private static string Row(string name, int count) => string.Create(CultureInfo.InvariantCulture, $"  {name,-20}{count,6}");

    private static string Agreed(IEnumerable<(string Expected, string? Label)> judged)
    {
        var all = judged.ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{all.Count(pair => pair.Expected == pair.Label)} of {all.Count}");
    }
}
