using DirectUpload.LocalS3;
using Microsoft.Extensions.Options;

namespace DirectUpload.Development.Hosting;

/// <summary>Adds the buckets of the application to the buckets that LocalS3 creates at its start.</summary>
internal sealed class ConfigureLocalS3Buckets(IOptions<DirectUploadOptions> uploads) : IPostConfigureOptions<LocalS3Options>
{
    public void PostConfigure(string? name, LocalS3Options options)
    {
        var wanted = uploads.Value.Buckets.Values.Select(bucket => bucket.Name).Append(uploads.Value.Bucket).OfType<string>();
        options.Buckets = [.. (options.Buckets ?? []).Union(wanted, StringComparer.Ordinal)];
    }
}
