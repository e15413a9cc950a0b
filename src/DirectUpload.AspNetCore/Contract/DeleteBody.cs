using System.ComponentModel;

namespace DirectUpload.AspNetCore.Contract;

/// <summary>The optional request body of <c>DELETE /uploads/{id}</c>.</summary>
[Description("What the client reports when it aborts or deletes an upload.")]
internal sealed class DeleteBody
{
    /// <summary>Gets what the client reports about its failure; the record keeps it.</summary>
    [Description("The reason of the client, such as its error message: at most 1,000 characters are stored.")]
    public string? Reason { get; init; }
}
