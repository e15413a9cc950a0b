using DirectUpload.Primitives;

namespace DirectUpload.Client.Api;

/// <summary>Interprets a status for a caller that waits for it.</summary>
internal static class StatusBodyExtensions
{
    public static FileUploadStatus GetStatus(this StatusBody body) =>
        Enum.TryParse<FileUploadStatus>(body.Status, ignoreCase: true, out var status) && Enum.IsDefined(status)
            ? status
            : FileUploadStatus.Unknown;

    public static FileUploadInfo ToInfo(this StatusBody body, Uri server) => new()
    {
        Id = body.Id,
        Status = body.GetStatus(),
        Profile = body.Profile ?? string.Empty,
        FileName = body.FileName ?? string.Empty,
        ContentType = body.ContentType ?? string.Empty,
        Size = body.Size,
        ErrorCode = body.Error?.Code,
        ErrorDetail = body.Error?.Detail,
        ContentUrl = body.ContentUrl is { } url ? new Uri(server, url) : null,
        Association = body.Association is { } to ? new(to.Type, to.Id, to.Kind) : null,
    };

    /// <summary>Returns the error that the upload's status stands for, or null if the upload is ready or in progress.</summary>
    public static DirectUploadException? ToException(this StatusBody body)
    {
        var status = body.GetStatus();
        if (status is FileUploadStatus.Ready or FileUploadStatus.Requested or FileUploadStatus.Uploaded or FileUploadStatus.Processing
            or FileUploadStatus.Unknown)
            return null;
        var word = status.ToLowerName();
        return new DirectUploadException(body.Error?.Code ?? word, body.Error?.Detail ?? $"The upload is {word}. {GetAdvice(status)}")
        {
            Status = status,
        };
    }

    private static string GetAdvice(FileUploadStatus status) => status switch
    {
        FileUploadStatus.Expired => "It expired before all of its bytes arrived; upload the file again.",
        FileUploadStatus.Failed => "The application could not process it. Wait for the application to retry, or upload the file again.",
        _ => "Upload the file again if it is still needed.",
    };
}
