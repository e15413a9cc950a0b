using BenchmarkDotNet.Running;
using DirectUpload.Benchmarks.Growth;
using DirectUpload.Benchmarks.Processes;

// See README.md for what can be asked for.
switch (args)
{
    case [DirectVsProxied.Switch]:
        await DirectVsProxied.RunAsync();
        break;
    case [LocalS3Put.Switch]:
        await LocalS3Put.RunAsync();
        break;
    case [ClientUpload.Switch]:
        await ClientUpload.RunAsync();
        break;
    case [WorkerThroughput.Switch]:
        await WorkerThroughput.RunAsync();
        break;
    case [StoreGrowth.Switch, .. var options]:
        return await StoreGrowth.RunAsync(options);
    // Started by those above.
    case [Storage.Role, var folder]:
        await Storage.ServeAsync(folder);
        break;
    case [Host.Role, var storage]:
        await Host.ServeAsync(new Uri(storage));
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}

return 0;
