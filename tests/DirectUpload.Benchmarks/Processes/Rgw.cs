using Amazon.S3;

namespace DirectUpload.Benchmarks.Processes;

/// <summary>The Ceph RADOS Gateway that tests/engines/up has brought up, if it has.</summary>
internal static class Rgw
{
    public const string Variable = "DIRECTUPLOAD_RGW_ENDPOINT";

    public static AmazonS3Client? FindClient() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } endpoint
            ? Storage.Client(new Uri(endpoint), Value("ACCESS_KEY"), Value("SECRET_KEY"), Value("REGION"))
            : null;

    private static string Value(string name) =>
        Environment.GetEnvironmentVariable($"DIRECTUPLOAD_RGW_{name}") ?? throw new InvalidOperationException($"{Variable} is set and DIRECTUPLOAD_RGW_{name} is not.");
}
