using Amazon.Runtime;
using Amazon.S3;

namespace DirectUpload.Crash.Host;

/// <summary>What a host is told, through its environment.</summary>
internal static class HostSettings
{
    /// <summary>Where to listen.</summary>
    public static string Url => GetRequired("CRASH_URL");

    public static string Bucket => GetRequired("CRASH_BUCKET");

    /// <summary>The fault point to die at, such as <c>s3: copy, after #2</c>; null to live.</summary>
    public static string? CrashAt => Environment.GetEnvironmentVariable("CRASH_AT");

    /// <summary>Where to write down each fault point that is passed; null for nowhere.</summary>
    public static string? FaultPointLog => Environment.GetEnvironmentVariable("CRASH_LOG");

    /// <summary>Where to write warnings; null for nowhere.</summary>
    public static string? WarningLog => Environment.GetEnvironmentVariable("CRASH_WARNINGS");

    /// <summary>Where observers write down what they are told; null where nobody observes.</summary>
    public static string? NotificationLog => Environment.GetEnvironmentVariable("CRASH_TOLD");

    /// <summary>How far ahead of the real one the clock is.</summary>
    public static TimeSpan ClockOffset => TimeSpan.Parse(GetRequired("CRASH_AHEAD"));

    /// <summary>See <see cref="HostDatabase"/>.</summary>
    public static string DatabaseKind => GetRequired("CRASH_DB_KIND");

    public static string Database => GetRequired("CRASH_DB");

    /// <summary>Whether the application has a context of its own, whose members refer to uploads.</summary>
    public static bool HasMembers => Environment.GetEnvironmentVariable("CRASH_MEMBERS") == "true";

    public static IAmazonS3 CreateS3Client() => new AmazonS3Client(
        new BasicAWSCredentials(GetRequired("CRASH_S3_ACCESS_KEY"), GetRequired("CRASH_S3_SECRET_KEY")),
        new AmazonS3Config
        {
            ServiceURL = GetRequired("CRASH_S3"),
            ForcePathStyle = true,
            AuthenticationRegion = GetRequired("CRASH_S3_REGION"),
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });

    private static string GetRequired(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set.");
}
