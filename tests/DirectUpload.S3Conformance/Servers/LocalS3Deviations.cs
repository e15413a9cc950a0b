namespace DirectUpload.S3Conformance;

/// <summary>Where LocalS3 is not AWS, on purpose.</summary>
public static class LocalS3Deviations
{
    public static IReadOnlyDictionary<string, Deviation> All { get; } = new Dictionary<string, Deviation>
    {
        [nameof(Cors.Another_origin_gets_the_answer_without_permission_to_read_it)] = new(
            "403 AccessForbidden, nobody", "stricter: everybody knows its key, so that a signature does not make a foreign page a trusted one"),
    };
}
