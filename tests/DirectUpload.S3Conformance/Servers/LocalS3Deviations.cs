using DirectUpload.S3Conformance.Suites;

namespace DirectUpload.S3Conformance.Servers;

/// <summary>Where LocalS3 is not AWS, on purpose.</summary>
public static class LocalS3Deviations
{
    public static IReadOnlyDictionary<string, Deviation> All { get; } = new Dictionary<string, Deviation>
    {
        [nameof(Cors.Another_origin_gets_no_CORS_headers)] = new(
            "403 AccessForbidden, none", "stricter: its key is public, so a signature does not make a foreign page trusted"),
    };
}
