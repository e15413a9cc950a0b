using System.Text;
using DirectUpload.Primitives;

namespace DirectUpload.Presigning;

/// <summary>Rejects forms that S3 never accepts.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html</remarks>
internal static class PostFormCheck
{
    /// <summary>The limit of S3 on all bytes of the form before the file.</summary>
    private const int MaxFormBytes = 20_480;

    // The bytes that a browser writes around a field, with the longest boundary that RFC 2046 allows (70 characters).
    private const int FieldOverhead = 70 + 8 + 38 + 3;

    /// <exception cref="ArgumentException">
    /// S3 would replace <c>${filename}</c> in the value, which would then no longer match the policy.
    /// </exception>
    public static void ThrowIfFileNameVariable(string name, string? value)
    {
        if (value?.Contains('$', StringComparison.Ordinal) == true && value.Contains("${filename}", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                $"{name} is {DisplayText.Quote(value)}; S3 replaces ${{filename}} in it, and the policy then refuses the form. "
                + "Only KeyPrefix takes the file's own name.");
        }
    }

    /// <summary>Rejects <c>${filename}</c> in all settings of an object.</summary>
    /// <exception cref="ArgumentException">A setting contains <c>${filename}</c>.</exception>
    public static void ThrowIfFileNameVariable(ObjectSettings settings)
    {
        ThrowIfFileNameVariable("Settings.CacheControl", settings.CacheControl);
        ThrowIfFileNameVariable("Settings.ContentDisposition", settings.ContentDisposition);
        ThrowIfFileNameVariable("Settings.ContentEncoding", settings.ContentEncoding);
        ThrowIfFileNameVariable("Settings.KmsKeyId", settings.KmsKeyId);
        foreach (var (name, value) in settings.Metadata)
            ThrowIfFileNameVariable($"Settings.Metadata[\"{name}\"]", value);
    }

    /// <exception cref="ArgumentException">The form exceeds the limit of S3.</exception>
    public static void ThrowIfTooLong(ReadOnlySpan<KeyValuePair<string, string>> fields, int policyLength)
    {
        // The policy contains every name and value, so nearly every form is short enough whatever the exact size is.
        if ((2 * policyLength) + ((fields.Length + 3) * FieldOverhead) <= MaxFormBytes)
            return;
        var size = ("policy".Length + policyLength) + ("x-amz-signature".Length + 64) + (2 * FieldOverhead);
        foreach (var (name, value) in fields)
            size += FieldOverhead + name.Length + Encoding.UTF8.GetByteCount(value);
        if (size > MaxFormBytes)
        {
            throw new ArgumentException(
                $"The form has {size} bytes before its file; S3 takes at most {MaxFormBytes}. "
                + "Shorten Metadata, Tags or other settings, or use a presigned PUT.");
        }
    }

    /// <summary>Finds the error that would make S3 reject every form of a profile, before a form is requested.</summary>
    /// <returns>The error message; null when the settings are valid.</returns>
    public static string? FindError(ObjectSettings settings)
    {
        var target = new SigningTarget("bucket", "us-east-1", new Uri("https://s3.amazonaws.com"));
        var credentials = new SigningCredentials("AKIAIOSFODNN7EXAMPLE", "none", null, null);
        var context = new SigningContext(target, credentials, SigningTime.Get(DateTimeOffset.UnixEpoch), TimeSpan.FromMinutes(15));
        try
        {
            var request = new PostPolicyRequest { Key = "staging/upload", MaxLength = 1, ContentType = "text/plain", Settings = settings };
            PostPolicy.Validate(request);
            PostPolicy.Sign(request, context);
            return null;
        }
        catch (ArgumentException invalid)
        {
            return invalid.Message;
        }
    }
}
