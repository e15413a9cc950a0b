using System.Text.RegularExpressions;
using DirectUpload.Presigning;
using DirectUpload.Primitives;

namespace DirectUpload.Profiles;

/// <summary>Finds the configuration errors of a profile.</summary>
internal static partial class UploadProfileValidator
{
    public static IEnumerable<string> Validate(string name, UploadProfile profile, DirectUploadOptions options) =>
    [
        .. ValidateName(name), .. ValidateTypes(profile), .. ValidateLimits(profile), .. ValidateLocation(name, profile, options),
        .. ValidateFinalization(profile, options), .. ValidateSettings(profile), .. ValidateContent(profile),
    ];

    private static IEnumerable<string> ValidateName(string name)
    {
        if (!ProfileNamePattern().IsMatch(name))
            yield return "Name: it must have 1 to 64 of a-z, 0-9, '-' and '_'; rename the profile.";
        if (UploadId.TryFindIn(name, out _))
            yield return "Name: it contains text in the format of an upload id, which the library searches for in keys; rename the "
                + "profile.";
    }

    private static IEnumerable<string> ValidateTypes(UploadProfile profile)
    {
        if (profile.ContentTypes.Count == 0)
            yield return "ContentTypes is empty; add the types that the profile accepts, such as \"image/*\" (\"*/*\" accepts every type).";
        foreach (var type in profile.ContentTypes.Where(type => !MediaType.IsPattern(type)))
            yield return $"ContentTypes holds \"{type}\"; write \"image/png\", \"image/*\" or \"*/*\".";
        foreach (var type in profile.ContentTypes.Where(type => MediaType.IsPattern(type) && !MediaTypes.HasKnownKind(type)))
            yield return $"ContentTypes holds \"{type}\", which no file can match: \"{type.Split('/')[0]}\" is not a kind of media type. "
                + "Write a registered kind, such as \"image/*\" or \"application/vnd.example\".";
        foreach (var extension in profile.Extensions.Where(extension => !ExtensionPattern().IsMatch(extension)))
            yield return $"Extensions holds \"{extension}\"; write it with one dot in front, such as \".pdf\".";
    }

    private static IEnumerable<string> ValidateLimits(UploadProfile profile) =>
    [
        .. OptionBounds.FindErrors(profile),
        .. GetMaxSize(profile) < profile.MaxSize && profile.MaxSize <= S3Limits.MaxObjectSize
            ? [$"MaxSize is {profile.MaxSize}; set it between 1 and {GetMaxSize(profile)}, or set MultipartThreshold: S3 accepts more "
                + "in parts only."]
            : Array.Empty<string>(),
        .. profile.MinSize > profile.MaxSize
            ? [$"MinSize is {profile.MinSize}, more than MaxSize, {profile.MaxSize}; the profile would accept no file."]
            : Array.Empty<string>(),
    ];

    private static IEnumerable<string> ValidateContent(UploadProfile profile)
    {
        if (profile.ContentBaseUrl is { } cdn && (!cdn.IsAbsoluteUri || cdn.Scheme is not ("https" or "http") || cdn.Query.Length > 0
            || cdn.Fragment.Length > 0 || cdn.UserInfo.Length > 0))
            yield return $"ContentBaseUrl is \"{cdn}\"; write it absolute and without a query, such as \"https://cdn.example.com/\".";
        if (profile is { ClientsMayAssociate: true } && profile.GetUnattachedRetention() is not null)
            yield return "ClientsMayAssociate is true, and unattached uploads are deleted; a client could keep every file by naming an "
                + "association. Set ClientsMayAssociate to false and call AttachAsync, or approve associations in an authorizer.";
        if (profile is { IsPublic: true, ContentBaseUrl: null })
            yield return "IsPublic is true, but ContentBaseUrl is not set; set it to the public address of the content.";
        foreach (var name in profile.RequiredProcessors.Where(name => name is not { Length: > 0 and <= 200 }))
            yield return $"RequiredProcessors holds the name \"{name}\"; a name has 1 to 200 characters, as in AddProcessor<T>(name).";
    }

    private static long GetMaxSize(UploadProfile profile) =>
        profile.UploadMethod == UploadMethod.Multipart || profile.MultipartThreshold is not null
            ? S3Limits.MaxObjectSize
            : S3Limits.MaxSinglePutSize;

    private static IEnumerable<string> ValidateLocation(string name, UploadProfile profile, DirectUploadOptions options)
    {
        if (KeyTemplate.FindError(profile.KeyTemplate, name) is { } error)
            yield return $"KeyTemplate is \"{profile.KeyTemplate}\"; {error}.";
        if (profile.Bucket is null && string.IsNullOrWhiteSpace(options.Bucket))
            yield return "Bucket: neither the profile nor the options name one; set Bucket, in code or as \"DirectUploads:Bucket\".";
        if (profile.Bucket is { } alias && !options.Buckets.ContainsKey(alias))
            yield return $"Bucket is \"{alias}\", which Buckets doesn't hold; add Buckets[\"{alias}\"].";
    }

    private static IEnumerable<string> ValidateFinalization(UploadProfile profile, DirectUploadOptions options)
    {
        if (!Enum.IsDefined(profile.UploadMethod))
            yield return $"UploadMethod is {profile.UploadMethod}; write Put, Post or Multipart.";
        if (!Enum.IsDefined(profile.RequireIntegrity))
            yield return $"RequireIntegrity is {profile.RequireIntegrity}; write None, StorageChecksum or ReadObject.";
        if (profile is { FinalizeInPlace: true, UploadMethod: UploadMethod.Post })
            yield return "FinalizeInPlace is true with UploadMethod Post; forms do not support If-None-Match, so clients could " +
                "overwrite content. Use Put, or set FinalizeInPlace to false.";
        if (profile.FinalizeInPlace && profile.GetProcessors().Any(static processor => processor.Name == ProcessorNames.GuardDuty))
            yield return "FinalizeInPlace is true with AddGuardDutyScan; GuardDuty would scan the object before it is confirmed. Set " +
                "FinalizeInPlace to false.";
        if (!profile.FinalizeInPlace && profile.KeyTemplate.StartsWith(options.StagingPrefix, StringComparison.Ordinal))
            yield return $"KeyTemplate begins with the staging prefix \"{options.StagingPrefix}\"; the bucket's lifecycle rule for that " +
                "prefix would delete final objects.";
    }

    private static List<string> ValidateSettings(UploadProfile profile)
    {
        var errors = ObjectSettingsCheck.FindErrors(profile.ObjectSettings).Select(error => $"ObjectSettings.{error}").ToList();
        if (errors.Count == 0
            && ObjectSettingsCheck.FindSystemMetadataError(profile.ObjectSettings, MeasureAddedHeaders(profile)) is { } tooLong)
            errors.Add($"ObjectSettings.{tooLong}");
        if (errors.Count == 0 && profile.UploadMethod == UploadMethod.Post
            && PostFormCheck.FindError(profile.GetStagingSettings()) is { } impossible)
            errors.Add($"UploadMethod is Post, and no form can carry the profile's ObjectSettings: {impossible}");
        return errors;
    }

    // The longest content type and, unless the profile sets its own, the longest Content-Disposition that an upload can have.
    private static int MeasureAddedHeaders(UploadProfile profile) =>
        "content-type".Length + MediaType.MaxLength
        + (profile.ObjectSettings.ContentDisposition is null ? "content-disposition".Length + ContentDisposition.MaxLength : 0);

    [GeneratedRegex(@"^[a-z0-9_-]{1,64}\z")]
    private static partial Regex ProfileNamePattern();

    [GeneratedRegex(@"^\.[A-Za-z0-9_-]{1,16}\z")]
    private static partial Regex ExtensionPattern();
}
