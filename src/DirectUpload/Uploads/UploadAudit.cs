namespace DirectUpload.Uploads;

/// <summary>Who asked for an upload, from where, and when each step was taken.</summary>
public sealed record UploadAudit
{
    /// <summary>Who acted, as the host names its callers; null when anonymous.</summary>
    public string? Actor { get; init; }

    /// <summary>The address that the request came from, as the host saw it.</summary>
    public string? RemoteAddress { get; init; }

    /// <summary>The client's User-Agent, at most 512 characters.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Every status that the upload took, with its time, oldest first.</summary>
    public IReadOnlyList<UploadTransition> Transitions { get; init; } = [];
}

/// <summary>One step of an upload's life.</summary>
/// <param name="Status">The status that was taken.</param>
/// <param name="At">When, in UTC.</param>
public sealed record UploadTransition(UploadStatus Status, DateTimeOffset At);
