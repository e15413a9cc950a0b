namespace DirectUpload.Primitives;

/// <summary>Specifies the rights that an <see cref="UploadAccess"/> grants.</summary>
internal enum AccessKind
{
    /// <summary>No rights.</summary>
    None,

    /// <summary>The rights of a read or write token.</summary>
    Token,

    /// <summary>The rights of a client, which only the write token grants.</summary>
    WriteToken,

    /// <summary>The rights of a client, for the uploads of one owner.</summary>
    Owner,

    /// <summary>The rights of a client, for any upload.</summary>
    Client,

    /// <summary>The right to read, also content that waits for a decision.</summary>
    Reviewer,

    /// <summary>Every right.</summary>
    Application,
}
