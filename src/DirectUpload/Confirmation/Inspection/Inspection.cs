namespace DirectUpload.Confirmation;

/// <summary>What the bytes of an object say about the content type that was declared for it.</summary>
/// <param name="DetectedType">The media type that the bytes show; null when they show none that is known.</param>
/// <param name="Detail">Why the content is refused, in a sentence for people; null when it is accepted.</param>
internal readonly record struct Inspection(string? DetectedType, string? Detail)
{
    public bool Accepted => Detail is null;

    public static Inspection Accept(FileFormat? found) => new(found?.MediaType, null);

    /// <param name="declared">The type that the file says it is.</param>
    /// <param name="found">What it is instead; null when that is unknown.</param>
    /// <param name="truth">What is wrong, after "but".</param>
    public static Inspection Refuse(ReadOnlySpan<char> declared, FileFormat? found, string truth) =>
        new(found?.MediaType, $"The file says {declared}, but {truth}.");
}
