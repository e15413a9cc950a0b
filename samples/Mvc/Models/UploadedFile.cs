using DirectUpload;

namespace MvcSample.Models;

/// <summary>An uploaded file within a form.</summary>
public sealed record UploadedFile(string Field, UploadId Id, string FileName)
{
    public string ContentUrl => $"/uploads/{Id}/content";
}
