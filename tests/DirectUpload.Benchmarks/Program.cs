using BenchmarkDotNet.Running;

// dotnet run -c Release --project tests/DirectUpload.Benchmarks -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
