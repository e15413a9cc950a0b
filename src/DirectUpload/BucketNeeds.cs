using DirectUpload.Profiles;
using DirectUpload.Uploads;

namespace DirectUpload;

/// <summary>What the profiles of one bucket need its server to do.</summary>
internal sealed class BucketNeeds(string bucket, DirectUploadOptions options)
{
    private readonly List<UploadProfile> _profiles = [.. options.Profiles.Values.Where(profile => options.BucketOf(profile) == bucket)];

    public string Bucket => bucket;

    public string StagingPrefix => options.StagingPrefix;

    /// <summary>The different settings that clients' writes to the bucket carry.</summary>
    public IEnumerable<ObjectSettings> StagingWrites => options.StagingWrites().Where(write => write.Bucket == bucket).Select(write => write.Settings);

    /// <summary>Whether the application reaches the bucket at the address that clients use.</summary>
    public bool IsReachedAsByClients => !options.HasPublicEndpoint(bucket);

    /// <summary>Null when it is not known where browsers come from.</summary>
    public IReadOnlyList<string>? BrowserOrigins => options.BrowserOrigins is { } origins ? [.. origins.Select(origin => origin.TrimEnd('/'))] : null;

    public string All => Named(_profiles);

    /// <summary>The methods by which browsers send.</summary>
    public IEnumerable<string> Methods => _profiles.Select(profile => profile.Method == UploadMethod.Post ? "POST" : "PUT").Distinct();

    /// <summary>The profiles that send forms; null for none.</summary>
    public string? Forms => Names(profile => profile.Method == UploadMethod.Post);

    /// <summary>The profiles that write finished content under a condition; null for none.</summary>
    public string? ConditionalWrites => Names(profile => profile is { Finalisation: Finalisation.InPlace, Method: UploadMethod.Put });

    /// <summary>The profiles that finish uploads in parts in place; null for none.</summary>
    public string? PartsInPlace => Names(profile => profile.Finalisation == Finalisation.InPlace && (profile.Method == UploadMethod.Multipart || profile.MultipartAbove < profile.MaxSize));

    private string? Names(Func<UploadProfile, bool> need) => _profiles.Where(need).ToList() is { Count: > 0 } found ? Named(found) : null;

    private static string Named(List<UploadProfile> profiles) =>
        $"{(profiles.Count == 1 ? "Profile" : "Profiles")} {string.Join(", ", profiles.Select(profile => $"\"{profile.Name}\""))}";
}
