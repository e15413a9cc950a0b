using System.Globalization;

namespace DirectUpload.Client.Application;

/// <summary>What a status means for whoever waits for it.</summary>
internal static class Outcome
{
    public static UploadStatus Status(this StatusBody body) =>
        Enum.TryParse<UploadStatus>(body.Status, ignoreCase: true, out var status) && Enum.IsDefined(status) ? status : UploadStatus.Unknown;

    public static UploadInfo ToInfo(this StatusBody body, Uri server) => new()
    {
        Id = body.Id,
        Status = body.Status(),
        Profile = body.Profile ?? string.Empty,
        FileName = body.FileName ?? string.Empty,
        ContentType = body.ContentType ?? string.Empty,
        Size = body.Size,
        ErrorCode = body.Error?.Code,
        ErrorDetail = body.Error?.Detail,
        ContentUrl = body.ContentUrl is { } url ? new Uri(server, url) : null,
    };

    /// <summary>The error that an ended upload is to its client; null when it is ready or goes on.</summary>
    public static DirectUploadException? Failure(this StatusBody body)
    {
        var status = body.Status();
        if (status is UploadStatus.Ready or UploadStatus.Requested or UploadStatus.Uploaded or UploadStatus.Processing or UploadStatus.Unknown)
            return null;
        var word = status.ToString().ToLower(CultureInfo.InvariantCulture);
        return new DirectUploadException(body.Error?.Code ?? word, body.Error?.Detail ?? $"The upload is {word}. {WhatToDo(status)}") { Status = status };
    }

    private static string WhatToDo(UploadStatus status) => status switch
    {
        UploadStatus.Expired => "Its time was over before everything had arrived; upload anew.",
        UploadStatus.Failed => "The application could not process it, and may try again; or upload anew.",
        _ => "Upload anew, if it is still wanted.",
    };
}
