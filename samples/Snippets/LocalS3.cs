using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.LocalS3;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Snippets;

/// <summary>Runs LocalS3 and connects to it.</summary>
internal static class LocalS3
{
    public static void InAHost(WebApplicationBuilder builder)
    {
        if (builder.Environment.IsDevelopment())
            builder.Services.AddLocalS3();
    }

    public static AmazonS3Client Client() =>
        new AmazonS3Client("LOCALS3ACCESSKEY", "locals3-secret-key-for-development",
            new AmazonS3Config { ServiceURL = "http://127.0.0.1:5081", ForcePathStyle = true, AuthenticationRegion = "us-east-1" });

    public static async Task<Uri> InATestAsync(string folder, TimeProvider fakeTimeProvider)
    {
        await using var s3 = await LocalS3Server.StartAsync(
            new LocalS3Options { Url = "http://127.0.0.1:0", DataDirectory = folder }, fakeTimeProvider);
        return s3.Endpoint;
    }

    public static LocalS3Session Session(LocalS3Server s3)
    {
        var session = s3.IssueSession(TimeSpan.FromMinutes(15)); // AccessKey, SecretKey, SessionToken

        return session;
    }

    public static async Task EventsAsync(LocalS3Options options, AmazonS3Client client)
    {
        options.EventEndpoint = "http://127.0.0.1:5080/s3-events";

        await client.PutBucketNotificationAsync(new PutBucketNotificationRequest
        {
            BucketName = "uploads",
            QueueConfigurations =
                [new() { Queue = "arn:aws:sqs:us-east-1:000000000000:uploads", Events = [EventType.ObjectCreatedAll] }],
        });
    }
}
