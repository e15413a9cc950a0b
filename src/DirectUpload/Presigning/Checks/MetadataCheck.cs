using System.Text;
using DirectUpload.Primitives;

namespace DirectUpload.Presigning.Checks;

/// <summary>Finds user metadata that S3 never accepts.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html</remarks>
internal static class MetadataCheck
{
    private const int MaxBytes = 2048;

    public static string? FindError(IDictionary<string, string> metadata)
    {
        if (metadata.Count == 0)
            return null;
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var size = 0;
        foreach (var (name, value) in metadata)
        {
            if (!MetadataName.IsValid(name))
                return $"Metadata holds the name {DisplayText.Quote(name)}; write letters, digits, '-' and '_' only.";
            // Ceph RGW takes both characters for one and then computes another signature.
            if (!names.Add(name.Replace('_', '-')))
            {
                return $"Metadata contains two names for the header x-amz-meta-{name.ToLowerInvariant()}; "
                    + "use names that differ in more than case, '-' and '_'.";
            }

            // Configuration can produce null, which is not a valid value in S3.
            if (HeaderText.FindError($"Metadata[\"{name}\"]", value ?? string.Empty) is { } error)
                return error;
            size += Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value!);
        }

        return size <= MaxBytes
            ? null
            : $"Metadata has {size} bytes of names and values; S3 takes at most {MaxBytes} (2 KB). Shorten or remove some.";
    }
}
