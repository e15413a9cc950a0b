using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DirectUpload.AspNetCore.Contract;

/// <summary>The request body of <c>POST /uploads/batch</c>, for its description: the endpoint parses each request by itself.</summary>
[Description("Requests for 1 to 100 uploads.")]
internal sealed class UploadBatchRequestBody
{
    [Description("The requests: 1 to 100.")]
    [Required]
    public IReadOnlyList<UploadRequestBody>? Uploads { get; init; }
}

/// <summary>The response with an answer to each request of a batch.</summary>
[Description("One answer to each request of a batch, in the order of the requests.")]
internal sealed record UploadBatchBody(
    [property: Description("The answers, in the order of the requests.")]
    IReadOnlyList<UploadBatchItemBody> Uploads);

/// <summary>The answer to one request of a batch.</summary>
[Description("The answer to one request of a batch: a grant, or the problem that refused it.")]
internal sealed record UploadBatchItemBody(
    [property: Description("The granted upload; omitted if the request was refused.")]
    UploadGrantBody? Grant = null,
    [property: Description("The reason of the refusal, as for a single request; omitted if the upload was granted.")]
    ProblemBody? Problem = null);
