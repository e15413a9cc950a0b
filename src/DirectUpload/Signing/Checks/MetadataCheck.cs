using System.Text;
using DirectUpload.Profiles;

namespace DirectUpload.Signing.Checks;

/// <summary>Finds user metadata that S3 never accepts.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html</remarks>
internal static class MetadataCheck
{
    private const int MostBytes = 2048;

    public static string? FindFault(IDictionary<string, string> metadata)
    {
        if (metadata.Count == 0)
            return null;
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var size = 0;
        foreach (var (name, value) in metadata)
        {
            if (!MetadataName.IsValid(name))
                return $"Metadata holds the name {Quoted.Text(name)}; write letters, digits, '-' and '_' only.";
            if (!names.Add(name))
                return $"Metadata holds two names that become the one header x-amz-meta-{name.ToLowerInvariant()}; names differ by more than case.";
            // Null can come from configuration; S3 has no such value.
            if (HeaderText.FindFault($"Metadata[\"{name}\"]", value ?? string.Empty) is { } fault)
                return fault;
            size += Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value!);
        }

        return size <= MostBytes ? null : $"Metadata has {size} bytes of names and values; S3 takes at most {MostBytes} (2 KB). Shorten or remove some.";
    }
}
