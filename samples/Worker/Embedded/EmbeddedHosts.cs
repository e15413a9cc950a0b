using Amazon.SQS;
using DirectUpload.LocalS3;

namespace WorkerSample.Embedded;

/// <summary>Runs both hosts in this process, on LocalS3 and on the engines from npm; nothing remains when they stop.</summary>
internal static class EmbeddedHosts
{
    public static async Task<int> RunAsync(string[] args)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        var url = configuration["Urls"] ?? "http://127.0.0.1:5090";
        var data = Directory.CreateTempSubdirectory("directupload-worker-");
        try
        {
            var options = new LocalS3Options
            {
                Url = configuration["LocalS3:Url"] ?? "http://127.0.0.1:5091",
                DataDirectory = data.FullName,
                EventEndpoint = $"{url}/s3-events",
            };
            await using var storage = await LocalS3Server.StartAsync(options);
            await using var node = await NodeEngines.StartAsync(
                configuration["Engines"] ?? Path.Combine(AppContext.BaseDirectory, "engines"));
            using var aws = new EmbeddedAws(node, storage, options);
            await RunAsync(aws, [.. await aws.CreateSettingsAsync(), $"--Urls={url}", .. FindScanner(configuration), .. args], url);
            return 0;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("The hosts were stopped before they had started.");
            return 1;
        }
        catch (Exception failed) when (failed is InvalidOperationException or IOException)
        {
            Console.Error.WriteLine(failed.Message);
            return 1;
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task RunAsync(EmbeddedAws aws, string[] settings, string url)
    {
        var apiBuilder = ApiHost.CreateBuilder(settings);
        var workerBuilder = WorkerHost.CreateBuilder(settings);
        aws.AddClients(apiBuilder.Services);
        aws.AddClients(workerBuilder.Services);
        await using var api = apiBuilder.Build().MapApi();
        using var worker = workerBuilder.Build();
        // LocalS3 sends its events over HTTP, S3 itself to the queue.
        api.MapPost("/s3-events", async (HttpRequest request, IAmazonSQS sqs, IConfiguration configuration) =>
        {
            using var body = new StreamReader(request.Body);
            await sqs.SendMessageAsync(configuration["QueueUrl"], await body.ReadToEndAsync());
        });

        await api.StartAsync();
        await aws.NotifyAsync();
        await worker.StartAsync();
        Console.WriteLine($"The API listens on {url}. Ctrl+C stops both hosts and their engines.");
        await api.WaitForShutdownAsync();
        await worker.StopAsync();
    }

    private static string[] FindScanner(IConfiguration configuration)
    {
        if (configuration["ClamAv:Host"] is not null)
            return [];
        Console.WriteLine("No file is scanned for viruses: start clamd, and set ClamAv__Host=127.0.0.1.");
        return ["--VirusScan=false"];
    }
}
