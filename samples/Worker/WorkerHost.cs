using VirusScan;

namespace WorkerSample;

/// <summary>Receives the events of S3 from SQS, scans and resizes photos, and keeps records in DynamoDB; it has no web server.</summary>
public static class WorkerHost
{
    public static HostApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        var queueUrl = builder.Configuration["QueueUrl"]
            ?? throw new InvalidOperationException("Set QueueUrl to the URL of the queue to which the bucket sends its events.");
        builder.Services.AddClamAv(builder.Configuration.GetSection("ClamAv"));
        builder.Services
            .AddDirectUploads(o => o.AddProfile(PhotoProfile.Name, photo => PhotoProfile.SetWorkerRules(photo, builder.Configuration)))
            .UseDynamoDB()
            .AddSqsEvents(queueUrl)
            .AddWorker();
        return builder;
    }
}
