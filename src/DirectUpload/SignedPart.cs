namespace DirectUpload;

/// <summary>The presigned PUT of one part: send exactly so many bytes, with exactly these headers.</summary>
/// <param name="Number">Which part: 1 to 10,000. It begins at (number - 1) times the grant's part size.</param>
/// <param name="Size">Its exact size in bytes, which is signed; null when the client cuts the file.</param>
/// <param name="Url">Where to. A secret until it expires.</param>
/// <param name="Headers">The headers to set. <c>Content-Length</c> is the client's own.</param>
public sealed record SignedPart(int Number, long? Size, string Url, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Without what is secret: it may be logged.</summary>
    public override string ToString() => $"(presigned part {Number}, {Size} bytes)";
}

/// <summary>Parts that may be sent until a time.</summary>
/// <param name="Parts">In the order that was asked for.</param>
/// <param name="ExpiresAt">When storage stops accepting them, in UTC.</param>
public sealed record SignedParts(IReadOnlyList<SignedPart> Parts, DateTimeOffset ExpiresAt)
{
    /// <summary>Without what is secret: it may be logged.</summary>
    public override string ToString() => $"({Parts.Count} presigned parts, until {ExpiresAt:u})";
}

/// <summary>How a file is sent in parts.</summary>
/// <param name="PartSize">The size in bytes of each part but the last; 0 when the client cuts the file: all but the last then need 5 MiB.</param>
/// <param name="PartCount">How many there are: 1 to 10,000; 0 when the client cuts the file.</param>
/// <param name="Parts">The first of them, signed already; ask for the others as you go. None, when each comes with its checksum.</param>
/// <param name="PartChecksums">Whether the SHA-256 of each part is to be said when its URL is asked for.</param>
public sealed record MultipartInstructions(long PartSize, int PartCount, IReadOnlyList<SignedPart> Parts, bool PartChecksums)
{
    /// <summary>Without what is secret: it may be logged.</summary>
    public override string ToString() => $"({PartCount} parts of {PartSize} bytes, {Parts.Count} of them presigned)";
}
