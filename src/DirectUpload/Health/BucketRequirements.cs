namespace DirectUpload.Health;

/// <summary>Describes the features that the profiles of one bucket require of its server.</summary>
internal sealed class BucketRequirements(string bucket, DirectUploadOptions options)
{
    private readonly List<UploadProfile> _profiles = [.. options.Profiles.Values.Where(
        profile => options.GetBucketName(profile) == bucket)];

    public string Bucket => bucket;

    public string StagingPrefix => options.StagingPrefix;

    /// <summary>Gets the distinct object settings that clients' writes to the bucket send.</summary>
    public IEnumerable<ObjectSettings> StagingSettings =>
        options.GetStagingSettings().Where(write => write.Bucket == bucket).Select(write => write.Settings);

    /// <summary>Gets whether the application and the clients use the same endpoint of the bucket.</summary>
    public bool UsesClientEndpoint => !options.HasPublicEndpoint(bucket);

    /// <summary>Gets the origins of browser uploads; null when they are not configured.</summary>
    public IReadOnlyList<string>? BrowserOrigins =>
        options.BrowserOrigins is { } origins ? [.. origins.Select(origin => origin.TrimEnd('/'))] : null;

    public string AllProfiles => Describe(_profiles);

    /// <summary>Gets the HTTP methods that browsers use to upload.</summary>
    public IEnumerable<string> HttpMethods =>
        _profiles.Select(profile => profile.UploadMethod == UploadMethod.Post ? "POST" : "PUT").Distinct();

    /// <summary>Gets the profiles that upload with POST forms; null when there are none.</summary>
    public string? FormProfiles => DescribeMatching(profile => profile.UploadMethod == UploadMethod.Post);

    /// <summary>Gets the profiles that need conditional writes of final objects; null when there are none.</summary>
    public string? ConditionalWriteProfiles =>
        DescribeMatching(profile => profile is { FinalizeInPlace: true, UploadMethod: UploadMethod.Put });

    /// <summary>Gets the profiles that finalize multipart uploads in place; null when there are none.</summary>
    public string? InPlaceMultipartProfiles => DescribeMatching(profile =>
        profile.FinalizeInPlace && (profile.UploadMethod == UploadMethod.Multipart || profile.MultipartThreshold < profile.MaxSize));

    /// <summary>Gets the profiles that require the checksum of storage; null when there are none.</summary>
    public string? StorageChecksumProfiles => DescribeMatching(profile => profile.RequireIntegrity == IntegrityRequirement.StorageChecksum);

    private string? DescribeMatching(Func<UploadProfile, bool> predicate) =>
        _profiles.Where(predicate).ToList() is { Count: > 0 } found ? Describe(found) : null;

    private static string Describe(List<UploadProfile> profiles) =>
        $"{(profiles.Count == 1 ? "Profile" : "Profiles")} {string.Join(", ", profiles.Select(profile => $"\"{profile.Name}\""))}";
}
