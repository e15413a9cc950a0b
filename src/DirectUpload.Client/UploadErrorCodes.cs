namespace DirectUpload.Client;

/// <summary>The codes of errors that are not the application's own.</summary>
public static class UploadErrorCodes
{
    /// <summary>The network, storage or the application failed for longer than retries last. Nothing is lost: resume later.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>Storage refused the bytes, for good; the detail quotes it. Mostly a matter of the application's set-up.</summary>
    public const string StorageRefused = "storage-refused";

    /// <summary>
    /// Storage refuses what the application is configured to do: its operator has to correct that, and trying again at once does not help. Nothing is lost: resume later.
    /// </summary>
    public const string StorageMisconfigured = "storage-misconfigured";

    /// <summary>The file or stream could not be read. Resume when it can.</summary>
    public const string SourceUnreadable = "source-unreadable";

    /// <summary>The file is not what it was when the upload began. Upload it anew.</summary>
    public const string SourceChanged = "source-changed";

    /// <summary>The application answered in a way that no DirectUpload server does: probably its address is wrong.</summary>
    public const string UnexpectedAnswer = "unexpected-answer";

    /// <summary>The application redirects to another origin, where the client sends no credentials. Set <see cref="DirectUploadClientOptions.ServerAddress"/> to the final address.</summary>
    public const string Redirected = "redirected";

    /// <summary>Whether nothing is left to be resumed.</summary>
    internal static bool IsFinal(string code) => code is SourceChanged or "expired" or "deleted" or "mismatch" or "not-found" or "conflict" or "token-invalid" or "token-missing";
}
