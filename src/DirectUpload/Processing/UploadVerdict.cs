using DirectUpload.Uploads;

namespace DirectUpload.Processing;

/// <summary>What a processor says of an upload's content.</summary>
public sealed class UploadVerdict
{
    private UploadVerdict(UploadFailure? failure) => Failure = failure;

    /// <summary>Nothing is wrong with it.</summary>
    public static UploadVerdict Accept { get; } = new(null);

    /// <summary>Why the content is not acceptable; null when it is.</summary>
    public UploadFailure? Failure { get; }

    /// <summary>The content is not acceptable: its objects are deleted, and its client is told.</summary>
    /// <param name="code">For programs: stable, lower-case and hyphenated, such as <c>infected</c>.</param>
    /// <param name="detail">For people: what is wrong and what to do, in a sentence or two. The client reads it.</param>
    public static UploadVerdict Reject(string code, string detail)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        ArgumentException.ThrowIfNullOrWhiteSpace(detail);
        return new UploadVerdict(new UploadFailure(code, detail));
    }
}
