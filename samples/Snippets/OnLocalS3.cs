using Amazon.S3;
using DirectUpload.LocalS3;

namespace Snippets;

/// <summary>Clients of LocalS3, and LocalS3 in a test.</summary>
internal static class OnLocalS3
{
    public static AmazonS3Client Client() =>
        new AmazonS3Client("LOCALS3ACCESSKEY", "locals3-secret-key-for-development",
            new AmazonS3Config { ServiceURL = "http://127.0.0.1:5081", ForcePathStyle = true, AuthenticationRegion = "us-east-1" });

    public static async Task<Uri> InATestAsync(string folder, TimeProvider fakeTimeProvider)
    {
        await using var s3 = await LocalS3Server.StartAsync(
            new LocalS3Options { Url = "http://127.0.0.1:0", DataDirectory = folder }, fakeTimeProvider);
        return s3.Endpoint;
    }
}
