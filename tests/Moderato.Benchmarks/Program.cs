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

// In this process: a project that is generated on the way would inherit this one's rules and locked packages.
var config = DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(Scoring).Assembly).Run(args, config);
