namespace DirectUpload.Presigning;

/// <summary>Contains the presigned URLs of adjacent parts of one multipart upload.</summary>
/// <param name="firstPart">The number of the part that the first URL is for.</param>
/// <param name="urls">The URLs, in the order of the part numbers.</param>
/// <param name="expiresAt">The time, in UTC, from which storage refuses the URLs.</param>
public sealed class PresignedParts(int firstPart, IReadOnlyList<string> urls, DateTimeOffset expiresAt)
{
    /// <summary>Gets the number of the part that the first URL is for; the other URLs are for the following parts.</summary>
    public int FirstPart { get; } = firstPart;

    /// <summary>Gets the URLs with their signatures, which are secrets until they expire.</summary>
    public IReadOnlyList<string> Urls { get; } = urls;

    /// <summary>
    /// Gets the time, in UTC, from which storage refuses the URLs: earlier than requested when the credentials expire first.
    /// </summary>
    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    /// <summary>Returns the number of parts and the expiry, without URLs.</summary>
    /// <returns>Text that may be logged.</returns>
    public override string ToString() => $"({Urls.Count} presigned parts from {FirstPart}, until {ExpiresAt:u})";
}
