using WorkerSample;
using WorkerSample.Embedded;

switch (args)
{
    // On AWS, each host runs by itself, with a role of its own.
    case ["worker", .. var settings]:
        await WorkerHost.CreateBuilder(settings).Build().RunAsync();
        return 0;
    case ["api", .. var settings]:
        await ApiHost.CreateBuilder(settings).Build().MapApi().RunAsync();
        return 0;
    // On this machine, both run, on engines that start and end with them.
    default:
        return await EmbeddedHosts.RunAsync(args);
}
