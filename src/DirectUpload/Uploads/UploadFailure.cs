namespace DirectUpload.Uploads;

/// <summary>Why an upload did not become ready: a stable code for programs and a sentence for people.</summary>
/// <param name="Code">Stable, lower-case and hyphenated, such as <c>mismatch</c>.</param>
/// <param name="Detail">What happened and what to do, in one or two sentences.</param>
public sealed record UploadFailure(string Code, string Detail);
