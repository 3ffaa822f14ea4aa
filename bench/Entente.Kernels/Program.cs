// Times the inner parts of Entente:
//   dotnet run -c Release --project bench/Entente.Kernels -- --filter '*'
// Options are BenchmarkDotNet's own, such as --filter '*Parse*' or --job short.
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// In this process: BenchmarkDotNet would otherwise build a project of its own, under this repository's build rules.
IConfig config = ManualConfig.Create(DefaultConfig.Instance).AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
