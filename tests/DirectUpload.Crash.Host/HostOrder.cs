using Amazon.Runtime;
using Amazon.S3;

namespace DirectUpload.Crash.Host;

/// <summary>What a host is told, through its environment.</summary>
internal static class HostOrder
{
    /// <summary>Where to listen.</summary>
    public static string Url => Required("CRASH_URL");

    public static string Bucket => Required("CRASH_BUCKET");

    /// <summary>The fault point to die at, such as <c>s3: copy, after #2</c>; null to live.</summary>
    public static string? DieAt => Environment.GetEnvironmentVariable("CRASH_AT");

    /// <summary>Where to write down each fault point that is passed; null for nowhere.</summary>
    public static string? Log => Environment.GetEnvironmentVariable("CRASH_LOG");

    /// <summary>Where to write warnings; null for nowhere.</summary>
    public static string? Warnings => Environment.GetEnvironmentVariable("CRASH_WARNINGS");

    /// <summary>Where observers write down what they are told; null where nobody observes.</summary>
    public static string? Told => Environment.GetEnvironmentVariable("CRASH_TOLD");

    /// <summary>How far ahead of the real one the clock is.</summary>
    public static TimeSpan Ahead => TimeSpan.Parse(Required("CRASH_AHEAD"));

    /// <summary>See <see cref="HostDatabase"/>.</summary>
    public static string DatabaseKind => Required("CRASH_DB_KIND");

    public static string Database => Required("CRASH_DB");

    public static IAmazonS3 S3() => new AmazonS3Client(
        new BasicAWSCredentials(Required("CRASH_S3_ACCESS_KEY"), Required("CRASH_S3_SECRET_KEY")),
        new AmazonS3Config
        {
            ServiceURL = Required("CRASH_S3"),
            ForcePathStyle = true,
            AuthenticationRegion = Required("CRASH_S3_REGION"),
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });

    private static string Required(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set.");
}
