using BenchmarkDotNet.Running;
using DirectUpload.Benchmarks.Browser;
using DirectUpload.Benchmarks.Growth;
using DirectUpload.Benchmarks.Imaging;
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
    case [BrowserVsUppy.Switch, .. var options]:
        await BrowserVsUppy.RunAsync(options);
        break;
    case [ImageThroughput.Switch]:
        await ImageThroughput.RunAsync();
        break;
    case [StoreGrowth.Switch, .. var scale]:
        return await StoreGrowth.RunAsync(scale);
    // Started by those above.
    case [StorageProcess.Role, var folder]:
        await StorageProcess.ServeAsync(folder);
        break;
    case [HostProcess.Role, var storage]:
        await HostProcess.ServeAsync(new Uri(storage));
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}

return 0;
