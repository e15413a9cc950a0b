using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Http;

/// <summary>Passes an upload that a filter has read to the endpoint, so that no request reads it twice.</summary>
internal static class UploadAccessExtensions
{
    /// <summary>Keeps an upload for the rest of the request.</summary>
    public static void SetUpload(this HttpContext context, Upload upload) => context.Items[typeof(Upload)] = upload;

    /// <summary>Adds the upload if this request has already read it.</summary>
    public static UploadAccess WithKnownUpload(this UploadAccess access, HttpContext context) =>
        context.Items[typeof(Upload)] is Upload upload ? access.For(upload) : access;
}
