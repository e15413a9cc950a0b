using Amazon.Runtime;
using Amazon.S3;
using DirectUpload.LocalS3;
using Microsoft.Extensions.Options;

namespace DirectUpload.Development.Hosting;

/// <summary>Creates the client of the LocalS3 server in the host.</summary>
internal static class LocalS3Client
{
    public static IAmazonS3 Create(LocalS3Server server, IOptions<LocalS3Options> options)
    {
        var local = options.Value;
        return new AmazonS3Client(
            new BasicAWSCredentials(local.AccessKey, local.SecretKey),
            new AmazonS3Config
            {
                // A server with a dynamic port has an endpoint only after its start.
                ServiceURL = IsAnyPort(local.Url) ? server.Endpoint.ToString() : local.Url,
                ForcePathStyle = true,
                AuthenticationRegion = local.Region,
            });
    }

    private static bool IsAnyPort(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Port == 0;
}
