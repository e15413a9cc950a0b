namespace DirectUpload.AspNetCore.Contract;

/// <summary>Lists the operations of the HTTP API with their ids, descriptions and parameters.</summary>
internal static class ContractOperations
{
    private static readonly ContractParameter WriteToken = new(
        "Upload-Token", "The upload's write token, from the response that granted the upload.", IsInHeader: true, IsRequired: true);

    private static readonly ContractParameter AnyToken = new(
        "Upload-Token", "The upload's read token or write token.", IsInHeader: true, IsRequired: true);

    private static readonly ContractParameter OptionalToken = new(
        "Upload-Token", "The upload's read token or write token; it may be in the query instead.", IsInHeader: true);

    private static readonly ContractParameter TokenInQuery = new(
        "token", "The upload's read token or write token, for pages that cannot set the header Upload-Token.");

    public static ContractOperation Request { get; } = new(
        "requestUpload",
        "The application decides by the profile and its authorizers. The client then sends the file to storage as `upload` instructs, and "
        + "confirms the upload.")
    { Body = typeof(UploadRequestBody) };

    public static ContractOperation RequestBatch { get; } = new(
        "requestUploads",
        "Each request is decided by itself, in order, as if it were sent alone: one that is refused does not affect the others. The "
        + "response is 200 even if all are refused.")
    { Body = typeof(UploadBatchRequestBody) };

    public static ContractOperation List { get; } = new(
        "listUploads",
        "Send `mine`, or `association`, or both; uploads of other owners are never listed. The newest upload is first. Follow `next` until "
        + "it is omitted.",
        new ContractParameter("mine", "Without a value: lists all uploads of the owner."),
        new ContractParameter("association", "The type and the id of an entity, separated by a colon, such as user:42."),
        new ContractParameter("kind", "What the uploads are to the entity, such as avatar; omitted, any kind."),
        new ContractParameter("status", "The status of the uploads; omitted, any status."),
        new ContractParameter("limit", "The maximum number of uploads in the response: 1 to 100; omitted, 20."),
        new ContractParameter("before", "The value of next in the previous page."));

    public static ContractOperation SignParts { get; } = new(
        "signParts",
        "Name the parts in `partNumbers`, or as a range in `from` and `to`. The client sends each part to its URL with its headers.",
        WriteToken)
    { Body = typeof(PartsRequestBody) };

    public static ContractOperation ListParts { get; } = new(
        "listParts", "A client that was interrupted sends only the parts that this list does not have.", WriteToken);

    public static ContractOperation Renew { get; } = new(
        "renewUpload", "The upload keeps its id, its tokens and its parts.", WriteToken);

    public static ContractOperation Confirm { get; } = new(
        "confirmUpload",
        "The response is 200 if the status is terminal, and 202 with `Retry-After` while the upload is processed. A multipart upload needs "
        + "a body with its parts, unless storage lists them itself. A checksum that differs from that of the stored file rejects the "
        + "upload.",
        WriteToken)
    { Body = typeof(ConfirmBody), IsBodyOptional = true };

    public static ContractOperation Get { get; } = new(
        "getUpload", "`contentUrl` is present if the upload is ready; `error` is present if it was rejected or has failed.", AnyToken);

    public static ContractOperation Events { get; } = new(
        "streamUploadEvents",
        "Each event's data is the status as JSON; the last event has a terminal status. 204 means that there are no further events.",
        OptionalToken, TokenInQuery,
        new ContractParameter("Last-Event-ID", "The id of the last event that the client received.", IsInHeader: true));

    public static ContractOperation ManyEvents { get; } = new(
        "streamManyUploadEvents",
        "Streams up to 100 uploads over one connection. Without an `id`, it streams the uploads of the signed-in owner. An id that is not "
        + "served gets the event `refused`. 204 means that there are no further events.",
        new ContractParameter("id", "The ids of the uploads, at most 100.", IsRepeated: true),
        new ContractParameter("Upload-Token", "The tokens of the uploads in the order of the ids, separated by commas.", IsInHeader: true),
        new ContractParameter("token", "The tokens in the query, for pages that cannot set the header Upload-Token.", IsRepeated: true),
        new ContractParameter("Last-Event-ID", "The id of the last event that the client received.", IsInHeader: true));

    public static ContractOperation Delete { get; } = new(
        "deleteUpload",
        "The profile decides whether clients may delete finished uploads. The body may hold the client's reason, which is stored.",
        WriteToken)
    { Body = typeof(DeleteBody), IsBodyOptional = true };

    public static ContractOperation Content { get; } = new(
        "getUploadContent",
        "Redirects to a presigned URL of storage that works for a few minutes. With `Accept: application/json`, the response is 200 with "
        + "that URL, so that scripts never send the token to storage.",
        OptionalToken, TokenInQuery,
        new ContractParameter("variant", "The name of a variant, from the status; omitted, the uploaded file itself."));
}
