using Amazon.S3;

namespace DirectUpload.Benchmarks.Processes;

/// <summary>The Ceph RADOS Gateway that tests/engines/up has brought up, if it has.</summary>
internal static class Rgw
{
    public const string EndpointVariable = "DIRECTUPLOAD_RGW_ENDPOINT";

    public static AmazonS3Client? FindClient() =>
        Environment.GetEnvironmentVariable(EndpointVariable) is { Length: > 0 } endpoint
            ? StorageProcess.CreateClient(new Uri(endpoint), GetValue("ACCESS_KEY"), GetValue("SECRET_KEY"), GetValue("REGION"))
            : null;

    private static string GetValue(string name) =>
        Environment.GetEnvironmentVariable($"DIRECTUPLOAD_RGW_{name}")
        ?? throw new InvalidOperationException($"{EndpointVariable} is set and DIRECTUPLOAD_RGW_{name} is not.");
}
