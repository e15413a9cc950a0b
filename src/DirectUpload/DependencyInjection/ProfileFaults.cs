using System.Text.RegularExpressions;
using DirectUpload.Profiles;
using DirectUpload.Signing;
using DirectUpload.Signing.Checks;
using DirectUpload.Uploads;

namespace DirectUpload.DependencyInjection;

/// <summary>What is wrong with one profile.</summary>
internal static partial class ProfileFaults
{
    public static IEnumerable<string> Of(string name, UploadProfile profile, DirectUploadOptions options) =>
    [
        .. OfName(name), .. OfTypes(profile), .. OfLimits(profile), .. OfPlace(name, profile, options), .. OfFinalisation(profile, options), .. OfSettings(profile), .. OfContent(profile),
    ];

    private static IEnumerable<string> OfName(string name)
    {
        if (!ProfileName().IsMatch(name))
            yield return "Name: it must have 1 to 64 of a-z, 0-9, '-' and '_'; rename the profile.";
        if (UploadId.TryFindIn(name, out _))
            yield return "Name: it looks like an upload's id, which keys are searched for; rename the profile.";
    }

    private static IEnumerable<string> OfTypes(UploadProfile profile)
    {
        if (profile.ContentTypes.Count == 0)
            yield return "ContentTypes is empty; add what is taken, such as \"image/*\" (\"*/*\" takes everything).";
        foreach (var type in profile.ContentTypes.Where(type => !MediaType.IsPattern(type)))
            yield return $"ContentTypes holds \"{type}\"; write \"image/png\", \"image/*\" or \"*/*\".";
        foreach (var extension in profile.Extensions.Where(extension => !Extension().IsMatch(extension)))
            yield return $"Extensions holds \"{extension}\"; write it with one dot in front, such as \".pdf\".";
    }

    private static IEnumerable<string> OfLimits(UploadProfile profile) =>
    [
        .. Bounds.Fault(nameof(profile.MinSize), profile.MinSize, 0, LargestOf(profile)),
        .. Bounds.Fault(nameof(profile.MaxSize), profile.MaxSize, 1, LargestOf(profile)),
        .. Bounds.Fault(nameof(profile.MultipartAbove), profile.MultipartAbove ?? 0, 0, SizeLimits.SingleUpload),
        .. Bounds.Fault(nameof(profile.PartSize), profile.PartSize ?? PartSizes.Smallest, PartSizes.Smallest, PartSizes.Largest),
        .. profile.MinSize > profile.MaxSize
            ? [$"MinSize is {profile.MinSize}, more than MaxSize, {profile.MaxSize}; nothing would ever be taken."]
            : Array.Empty<string>(),
        .. Bounds.Fault(nameof(profile.Lifetime), profile.Lifetime, Lifetimes.Shortest, Lifetimes.Longest),
        .. Bounds.Fault(nameof(profile.MaxLifetime), profile.MaxLifetime, Lifetimes.Shortest, TimeSpan.FromDays(365)),
        .. Bounds.Fault(nameof(profile.MaxPendingUploads), profile.MaxPendingUploads ?? 1, 1, int.MaxValue),
        .. Bounds.Fault(nameof(profile.MaxPendingBytes), profile.MaxPendingBytes ?? 1, 1, long.MaxValue),
        .. Bounds.Fault(nameof(profile.MaxTotalBytes), profile.MaxTotalBytes ?? 1, 1, long.MaxValue),
    ];

    private static IEnumerable<string> OfContent(UploadProfile profile)
    {
        if (profile.ContentBaseUrl is { } cdn && (!cdn.IsAbsoluteUri || cdn.Scheme is not ("https" or "http") || cdn.Query.Length > 0 || cdn.Fragment.Length > 0 || cdn.UserInfo.Length > 0))
            yield return $"ContentBaseUrl is \"{cdn}\"; write it absolute and without a query, such as \"https://cdn.example.com/\".";
        if (profile is { IsPublic: true, ContentBaseUrl: null })
            yield return "IsPublic is true, but ContentBaseUrl is not set; say where everybody reads the content.";
        foreach (var fault in Bounds.Fault(nameof(profile.WriteTokenLifetime), profile.WriteTokenLifetime, TimeSpan.FromSeconds(1), TimeSpan.FromDays(3650)))
            yield return fault;
        foreach (var name in profile.RequiredProcessors.Where(name => name is not { Length: > 0 and <= 200 }))
            yield return $"RequiredProcessors holds the name \"{name}\"; a name has 1 to 200 characters, as in ProcessWith<T>(name).";
        foreach (var fault in Bounds.Fault(nameof(profile.ReadTokenLifetime), profile.ReadTokenLifetime ?? TimeSpan.FromDays(1), TimeSpan.FromSeconds(1), TimeSpan.FromDays(3650)))
            yield return fault;
    }

    private static long LargestOf(UploadProfile profile) =>
        profile.Method == UploadMethod.Multipart || profile.MultipartAbove is not null ? SizeLimits.Object : SizeLimits.SingleUpload;

    private static IEnumerable<string> OfPlace(string name, UploadProfile profile, DirectUploadOptions options)
    {
        if (KeyTemplate.FindFault(profile.KeyTemplate, name) is { } fault)
            yield return $"KeyTemplate is \"{profile.KeyTemplate}\"; {fault}.";
        if (profile.Bucket is null && string.IsNullOrWhiteSpace(options.Bucket))
            yield return "Bucket: neither the profile nor the options name one; set Bucket, in code or as \"DirectUploads:Bucket\".";
        if (profile.Bucket is { } alias && !options.Buckets.ContainsKey(alias))
            yield return $"Bucket is \"{alias}\", which Buckets doesn't hold; add Buckets[\"{alias}\"].";
    }

    private static IEnumerable<string> OfFinalisation(UploadProfile profile, DirectUploadOptions options)
    {
        if (!Enum.IsDefined(profile.Method))
            yield return $"Method is {profile.Method}; write Put, Post or Multipart.";
        if (!Enum.IsDefined(profile.Finalisation))
            yield return $"Finalisation is {profile.Finalisation}; write Promote or InPlace.";
        if (profile is { Finalisation: Finalisation.InPlace, Method: UploadMethod.Post })
            yield return "Finalisation is InPlace with Method Post; forms know no If-None-Match, so content could be overwritten. Use Put, or Promote.";
        if (profile.Finalisation == Finalisation.Promote && profile.KeyTemplate.StartsWith(options.StagingPrefix, StringComparison.Ordinal))
            yield return $"KeyTemplate begins with the staging prefix \"{options.StagingPrefix}\"; finished content would be swept away with it.";
    }

    private static List<string> OfSettings(UploadProfile profile)
    {
        var faults = ObjectSettingsCheck.FindFaults(profile.ObjectSettings).Select(fault => $"ObjectSettings.{fault}").ToList();
        if (faults.Count == 0 && profile.Method == UploadMethod.Post && PostFormCheck.FindFault(profile.StagingSettings()) is { } impossible)
            faults.Add($"Method is Post, and no form can carry the profile's ObjectSettings: {impossible}");
        return faults;
    }

    [GeneratedRegex(@"^[a-z0-9_-]{1,64}\z")]
    private static partial Regex ProfileName();

    [GeneratedRegex(@"^\.[A-Za-z0-9_-]{1,16}\z")]
    private static partial Regex Extension();
}
