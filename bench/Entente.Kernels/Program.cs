// Times the inner parts of Entente:
//   dotnet run -c Release --project bench/Entente.Kernels -- --filter '*'
// Options are BenchmarkDotNet's own, such as --filter '*Parse*' or --job short. Or says where the time of a query goes:
//   dotnet run -c Release --project bench/Entente.Kernels -- stages
using BenchmarkDotNet.Running;
using Entente.Kernels;

// In this process: BenchmarkDotNet would otherwise build a project of its own, under this repository's build rules.
const string InProcess = "--inProcess";

if (args is ["stages"])
    Stages.Run();
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args.Contains(InProcess) ? args : [.. args, InProcess]);
