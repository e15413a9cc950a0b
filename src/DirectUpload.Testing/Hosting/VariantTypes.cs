using Microsoft.AspNetCore.StaticFiles;

namespace DirectUpload.Testing.Hosting;

/// <summary>Knows the media types of variants by the extensions in their names.</summary>
internal static class VariantTypes
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    public static string Get(string name) => Types.TryGetContentType(name, out var type) ? type : "application/octet-stream";
}
