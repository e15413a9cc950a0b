namespace DirectUpload.AspNetCore.Contract;

/// <summary>The data of an event for an upload that a stream of many uploads does not follow.</summary>
internal sealed record RefusedUploadBody(string Id, string Code, string Detail);
