namespace DirectUpload.Processing.Inspection;

/// <summary>The result of comparing an object's bytes with its declared content type.</summary>
/// <param name="DetectedType">The media type of the bytes; null when the format is unknown.</param>
/// <param name="Detail">Why the content is rejected, as a sentence for the client; null when it is accepted.</param>
internal readonly record struct InspectionResult(string? DetectedType, string? Detail)
{
    public bool Accepted => Detail is null;

    public static InspectionResult Accept(FileFormat? found) => new(found?.MediaType, null);

    /// <summary>Creates a result that rejects the content.</summary>
    /// <param name="declared">The declared type.</param>
    /// <param name="found">The detected format; null when it is unknown.</param>
    /// <param name="difference">The part of the sentence after "but".</param>
    /// <returns>The result.</returns>
    public static InspectionResult Reject(ReadOnlySpan<char> declared, FileFormat? found, string difference) =>
        new(found?.MediaType, $"The file was declared as {declared}, but {difference}.");
}
