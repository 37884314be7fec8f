using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Moderato.Benchmarks;

// "latency" asks for the slowest comments, which a benchmark of means does not show.
if (args is ["latency"])
{
    Latency.Print();
    return;
}

// "alarm" asks how soon a mutiny in a burst is an incident, through the published app.
if (args is ["alarm"])
{
    Environment.ExitCode = await Alarm.PrintAsync();
    return;
}

// "queries" asks a community with many outcomes, which takes minutes.
if (args is ["queries", .. var options])
{
    await Queries.PrintAsync(NumberOf("--outcomes", 100_000), NumberOf("--seed", 1));
    return;

    int NumberOf(string option, int otherwise) => Array.IndexOf(options, option) is >= 0 and var at ? int.Parse(options[at + 1], CultureInfo.InvariantCulture) : otherwise;
}

// "mood" watches synthetic weeks by the mood engine and by the usual rules, which takes minutes.
if (args is ["mood", .. var wishes])
{
    MoodRules.Print([.. Wish("--sizes", "1,5,20,60,200").Split(',').Select(Number)], (int)Number(Wish("--seed", "2001")), (int)Number(Wish("--weeks", "10")), TimeSpan.FromMinutes(Number(Wish("--every", "10"))));
    return;

    string Wish(string option, string otherwise) => Array.IndexOf(wishes, option) is >= 0 and var at ? wishes[at + 1] : otherwise;

    double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

// In this process: a project that is generated on the way would inherit this one's rules and locked packages.
var config = DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(Scoring).Assembly).Run(args, config);
