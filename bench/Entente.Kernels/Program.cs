// Times the inner parts of Entente:
//   dotnet run -c Release --project bench/Entente.Kernels -- --filter '*'
// Options are BenchmarkDotNet's own, such as --filter '*Parse*' or --job short.
using BenchmarkDotNet.Running;

// In this process: BenchmarkDotNet would otherwise build a project of its own, under this repository's build rules.
const string InProcess = "--inProcess";

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args.Contains(InProcess) ? args : [.. args, InProcess]);
