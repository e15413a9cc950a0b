namespace DirectUpload.Processing;

/// <summary>Represents a processor's decision about an upload's content: accepted, or rejected with a reason.</summary>
public sealed class ProcessingResult
{
    private ProcessingResult(UploadError? failure) => Rejection = failure;

    /// <summary>Gets the result that accepts the content.</summary>
    /// <value>The result without a <see cref="Rejection"/>.</value>
    public static ProcessingResult Accept { get; } = new(null);

    /// <summary>Gets the reason for the rejection.</summary>
    /// <value>The code and the detail of the rejection; null when the content is accepted.</value>
    public UploadError? Rejection { get; }

    /// <summary>Creates a result that rejects the content.</summary>
    /// <param name="code">A stable code for programs, lower-case and hyphenated, such as <c>infected</c>.</param>
    /// <param name="detail">What is wrong and what to do, in a sentence or two. The client receives it.</param>
    /// <returns>The result with the <see cref="Rejection"/>.</returns>
    /// <exception cref="ArgumentException">The code or the detail is null, empty or white space.</exception>
    /// <remarks>The objects of a rejected upload are deleted.</remarks>
    public static ProcessingResult Reject(string code, string detail)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        ArgumentException.ThrowIfNullOrWhiteSpace(detail);
        return new ProcessingResult(new UploadError(code, detail));
    }
}
