namespace DirectUpload;

/// <summary>Represents a variant: a file that a processor created from an upload, such as a thumbnail.</summary>
/// <param name="Name">The name within the upload, such as <c>thumbnail.webp</c>.</param>
/// <param name="Key">The key in the bucket of the upload, which starts with the final key.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="Size">The size, in bytes.</param>
public sealed record UploadVariant(string Name, string Key, string ContentType, long Size);
