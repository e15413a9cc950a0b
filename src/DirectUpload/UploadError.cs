namespace DirectUpload;

/// <summary>Describes why a call was refused or an upload was not finished.</summary>
/// <param name="Code">
/// The code for programs, in lower case with hyphens. <see cref="UploadErrorCodes"/> lists the codes of the library; processors and clients
/// may use others.
/// </param>
/// <param name="Message">The message for people, which clients may read: what is wrong, the value, and what to do.</param>
public sealed record UploadError(string Code, string Message);
