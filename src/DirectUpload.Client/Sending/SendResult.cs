namespace DirectUpload.Client.Sending;

/// <summary>Specifies the result of sending a part.</summary>
internal enum SendResult
{
    /// <summary>Storage has the part.</summary>
    Stored,

    /// <summary>The key, which can be written only once, already exists: an earlier response was lost. Confirmation verifies it.</summary>
    AlreadyStored,

    /// <summary>The upload accepts no more parts because it is complete or terminal. Confirmation returns the reason.</summary>
    UploadClosed,
}
