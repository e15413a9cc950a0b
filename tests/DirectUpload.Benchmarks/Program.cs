using BenchmarkDotNet.Running;
using DirectUpload.Benchmarks.Browser;
using DirectUpload.Benchmarks.Calls;
using DirectUpload.Benchmarks.Cost;
using DirectUpload.Benchmarks.Grants;
using DirectUpload.Benchmarks.Growth;
using DirectUpload.Benchmarks.Imaging;
using DirectUpload.Benchmarks.Processes;
using DirectUpload.Benchmarks.Reports;
using DirectUpload.Benchmarks.ScaleOut;

// See README.md for what can be asked for.
switch (args)
{
    case [PerformancePage.Switch, .. var options]:
        return await PerformancePage.RunAsync(options);
    case [SigningTable.Switch, .. var options]:
        await SigningTable.RunAsync(options);
        break;
    case [RequestTable.Switch, .. var options]:
        await RequestTable.RunAsync(options);
        break;
    case [EndpointTable.Switch, .. var options]:
        await EndpointTable.RunAsync(options);
        break;
    case [DirectVsProxied.Switch, .. var options]:
        await DirectVsProxied.RunAsync(options);
        break;
    case [LocalS3Put.Switch]:
        await LocalS3Put.RunAsync();
        break;
    case [ClientUpload.Switch]:
        await ClientUpload.RunAsync();
        break;
    case [StorageCalls.Switch, .. var options]:
        await StorageCalls.RunAsync(options);
        break;
    case [WorkerThroughput.Switch]:
        await WorkerThroughput.RunAsync();
        break;
    case [BrowserVsUppy.Switch, .. var options]:
        await BrowserVsUppy.RunAsync(options);
        break;
    case [GrantsVsCompanion.Switch, .. var options]:
        await GrantsVsCompanion.RunAsync(options);
        break;
    case [ScaleOutComparison.Switch, .. var options]:
        await ScaleOutComparison.RunAsync(options);
        break;
    case [UploadCost.Switch, .. var options]:
        await UploadCost.RunAsync(options);
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
    case [GrantHost.Role, var storage, var store, var hasQuotas]:
        await GrantHost.ServeAsync(new Uri(storage), store, bool.Parse(hasQuotas));
        break;
    case [ScaleHost.Role, var storage, var store, var sqs, var queueUrl]:
        await ScaleHost.ServeAsync(new Uri(storage), store, new Uri(sqs), queueUrl);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}

return 0;
