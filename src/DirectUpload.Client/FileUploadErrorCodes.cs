namespace DirectUpload.Client;

/// <summary>Contains the error codes that the client adds to those of the application, and those that a client often handles.</summary>
public static class FileUploadErrorCodes
{
    /// <summary>The network, storage or the application failed for longer than the retries last; resume the upload later.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>
    /// Storage refused the bytes permanently, mostly because of the application's configuration; the detail quotes the refusal.
    /// </summary>
    public const string StorageRefused = "storage-refused";

    /// <summary>Storage refuses the application's own requests because of a configuration error.</summary>
    /// <remarks>
    /// An immediate retry does not help: the application's operator has to correct the configuration. Resume the upload after that.
    /// </remarks>
    public const string StorageMisconfigured = "storage-misconfigured";

    /// <summary>The file or stream could not be read; resume the upload when it is readable.</summary>
    public const string SourceUnreadable = "source-unreadable";

    /// <summary>The file has changed since the upload began; upload it again.</summary>
    public const string SourceChanged = "source-changed";

    /// <summary>Storage has other bytes than the client has read, because they were changed on the way; upload the file again.</summary>
    /// <remarks>The application has compared the CRC-64/NVME of the file with that of the object, and has deleted the object.</remarks>
    public const string ChecksumMismatch = "checksum-mismatch";

    /// <summary>The server did not respond as a DirectUpload server does; its address is probably wrong.</summary>
    public const string UnexpectedResponse = "unexpected-answer";

    /// <summary>The application redirected to another origin, where the client sends no credentials.</summary>
    /// <remarks>Set <see cref="DirectUploadClientOptions.ServerAddress"/> to the final address.</remarks>
    public const string Redirected = "redirected";

    /// <summary>Returns whether the upload can't be resumed.</summary>
    internal static bool IsFinal(string code) =>
        code is SourceChanged or ChecksumMismatch or "checksum-not-reported" or "expired" or "deleted" or "mismatch" or "not-found"
            or "conflict" or "token-invalid" or "token-missing";
}
