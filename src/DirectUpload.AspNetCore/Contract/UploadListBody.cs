using System.ComponentModel;

namespace DirectUpload.AspNetCore.Contract;

/// <summary>The response with one page of an owner's uploads.</summary>
[Description("One page of uploads, the newest first.")]
internal sealed record UploadListBody(
    [property: Description("The uploads; a page can have fewer than the limit.")]
    IReadOnlyList<UploadStatusBody> Uploads,
    [property: Description("The value of `before` for the next page; omitted on the last page.")]
    string? Next);
