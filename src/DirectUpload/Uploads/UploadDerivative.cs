namespace DirectUpload.Uploads;

/// <summary>An object made from an upload's content, kept beside it under a key that starts with the final key.</summary>
/// <param name="Name">Its name within the upload, such as <c>thumbnail.webp</c>.</param>
/// <param name="Key">Its key in the upload's bucket.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Size">Its size in bytes.</param>
public sealed record UploadDerivative(string Name, string Key, string ContentType, long Size);
