namespace DirectUpload.Confirmation;

/// <summary>A kind of content that can be told from its bytes. <see cref="FileFormats"/> has every one, so references compare.</summary>
internal sealed class FileFormat(string mediaType, string noun, bool runsCode = false)
{
    public string MediaType { get; } = mediaType;

    /// <summary>What it is in a sentence, with its article: "a PNG image".</summary>
    public string Noun { get; } = noun;

    /// <summary>Whether somebody's machine, browser or server may execute it: refused unless the declaration says so.</summary>
    public bool RunsCode { get; } = runsCode;
}
