namespace DirectUpload.Processing.Inspection;

/// <summary>Extracts the essence of a media type: the type without its parameters (WHATWG MIME Sniffing §4.1).</summary>
internal static class MediaTypeEssence
{
    public static ReadOnlySpan<char> Parse(string? contentType)
    {
        var type = contentType.AsSpan();
        var parameters = type.IndexOf(';');
        return (parameters < 0 ? type : type[..parameters]).Trim();
    }
}
