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

// In this process: a project that is generated on the way would inherit this one's rules and locked packages.
var config = DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(Scoring).Assembly).Run(args, config);
