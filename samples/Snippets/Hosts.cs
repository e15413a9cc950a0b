using Amazon.S3;
using DirectUpload;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Snippets;

/// <summary>Hosts that run the worker.</summary>
internal static class Hosts
{
    public static void Worker(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);

        builder.Services.AddSingleton<IAmazonS3>(new AmazonS3Client());
        builder.Services
            .AddDirectUploads(o => o.ConfigureProfile("invoice", invoice => invoice.AddProcessor<PageCount>("page-count")))
            .UseEntityFrameworkCore(o => o.UseNpgsql(builder.Configuration.GetConnectionString("Uploads")))
            .AddWorker(worker => worker.Parallelism = 16);

        builder.Build().Run();
    }

    public static async Task FromASchedulerAsync(UploadWorker worker, CancellationToken cancellationToken)
    {
        await worker.RunOnceAsync(cancellationToken);
    }
}
