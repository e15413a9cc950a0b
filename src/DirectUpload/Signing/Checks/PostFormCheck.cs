using System.Text;
using DirectUpload.Profiles;
using DirectUpload.Uploads;

namespace DirectUpload.Signing.Checks;

/// <summary>Finds forms that S3 never accepts.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html</remarks>
internal static class PostFormCheck
{
    /// <summary>S3's limit on everything before the file, in bytes.</summary>
    private const int LargestForm = 20_480;

    // What a browser writes around a field, with the longest boundary that RFC 2046 allows (70 characters).
    private const int AroundField = 70 + 8 + 38 + 3;

    /// <exception cref="ArgumentException">S3 would replace <c>${filename}</c> in a value, and its policy would no longer fit.</exception>
    public static void ThrowIfReplaced(string name, string? value)
    {
        if (value?.Contains("${filename}", StringComparison.OrdinalIgnoreCase) == true)
            throw new ArgumentException($"{name} is {Quoted.Text(value)}; S3 replaces ${{filename}} in it, and the policy then refuses the form. Only KeyPrefix takes the file's own name.");
    }

    /// <summary>The same for all settings.</summary>
    public static void ThrowIfReplaced(ObjectSettings settings)
    {
        ThrowIfReplaced("Settings.CacheControl", settings.CacheControl);
        ThrowIfReplaced("Settings.ContentDisposition", settings.ContentDisposition);
        ThrowIfReplaced("Settings.ContentEncoding", settings.ContentEncoding);
        ThrowIfReplaced("Settings.KmsKeyId", settings.KmsKeyId);
        foreach (var (name, value) in settings.Metadata)
            ThrowIfReplaced($"Settings.Metadata[\"{name}\"]", value);
    }

    /// <exception cref="ArgumentException">The form is longer than S3 takes.</exception>
    public static void ThrowIfTooLong(ReadOnlySpan<KeyValuePair<string, string>> fields, int policyLength)
    {
        var size = ("policy".Length + policyLength) + ("x-amz-signature".Length + 64) + (2 * AroundField);
        foreach (var (name, value) in fields)
            size += AroundField + name.Length + Encoding.UTF8.GetByteCount(value);
        if (size > LargestForm)
            throw new ArgumentException($"The form has {size} bytes before its file; S3 takes at most {LargestForm}. Shorten Metadata, Tags or other settings, or use a presigned PUT.");
    }

    /// <summary>Finds what makes every form of a profile impossible, before any is asked for.</summary>
    /// <returns>A sentence; null without a fault.</returns>
    public static string? FindFault(ObjectSettings settings)
    {
        var target = new SigningTarget("bucket", "us-east-1", new Uri("https://s3.amazonaws.com"));
        var occasion = new SigningOccasion(target, new SigningCredentials("AKIAIOSFODNN7EXAMPLE", "none", null, null), SigningTime.Of(DateTimeOffset.UnixEpoch), TimeSpan.FromMinutes(15));
        try
        {
            var request = new PostPolicyRequest { Key = "staging/upload", MaxLength = 1, ContentType = "text/plain", Settings = settings };
            PostPolicy.Validate(request);
            PostPolicy.Sign(request, occasion);
            return null;
        }
        catch (ArgumentException impossible)
        {
            return impossible.Message;
        }
    }
}
