using DirectUpload;

namespace MvcSample.Data;

/// <summary>The album of a user: photos in the order that the user chose.</summary>
public sealed class Album
{
    public int Id { get; set; }

    public required string UserId { get; set; }

    public string Title { get; set; } = string.Empty;

    public List<UploadId> PhotoIds { get; set; } = [];
}
