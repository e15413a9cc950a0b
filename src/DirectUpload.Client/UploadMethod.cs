namespace DirectUpload.Client;

/// <summary>How the bytes travel to storage.</summary>
public enum UploadMethod
{
    /// <summary>One presigned PUT.</summary>
    Put,

    /// <summary>One form, as browsers post it.</summary>
    Post,

    /// <summary>Parts, several at once.</summary>
    Multipart,
}
