namespace DirectUpload.Processing.Inspection;

/// <summary>
/// A format that the inspector recognizes. <see cref="FileFormats"/> has the only instances, so they compare by reference.
/// </summary>
internal sealed class FileFormat(string mediaType, string description, bool isExecutable = false)
{
    public string MediaType { get; } = mediaType;

    /// <summary>The description of the format with its article, for messages: "a PNG image".</summary>
    public string Description { get; } = description;

    /// <summary>Whether a computer, browser or server may execute the content. Such content is rejected unless it is declared.</summary>
    public bool IsExecutable { get; } = isExecutable;
}
