namespace DirectUpload.Confirmation;

/// <summary>A media type without its parameters: what WHATWG MIME Sniffing §4.1 calls its essence.</summary>
internal static class MediaTypeEssence
{
    public static ReadOnlySpan<char> Of(string? contentType)
    {
        var type = contentType.AsSpan();
        var parameters = type.IndexOf(';');
        return (parameters < 0 ? type : type[..parameters]).Trim();
    }

    /// <summary>No type, the generic one (RFC 2046 §4.5.1), and the one that S3 stores when it was given none.</summary>
    public static bool ClaimsNothing(ReadOnlySpan<char> essence) =>
        essence.IsEmpty
        || essence.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase)
        || essence.Equals("binary/octet-stream", StringComparison.OrdinalIgnoreCase);
}
