using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Tests.StorageFailures;

/// <summary>Recognizes the requests that the library sends to storage.</summary>
internal static class StorageRequests
{
    /// <summary>Returns whether a request copies the object of an upload, and not one with which the server is tested.</summary>
    public static bool IsCopyOfUpload(HttpRequest request) =>
        request.Headers["x-amz-copy-source"] is [{ } source] && !source.Contains("/health/", StringComparison.Ordinal);
}
