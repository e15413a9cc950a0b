namespace DirectUpload.Uploads;

/// <summary>Who is asking, as the host has authenticated them; recorded with the upload.</summary>
public sealed record UploadCaller
{
    /// <summary>A caller of whom nothing is known. Anonymous callers share one quota.</summary>
    public static UploadCaller Anonymous { get; } = new();

    /// <summary>Whom the upload will belong to: a stable id (user, tenant); null when anonymous.</summary>
    public string? Owner { get; init; }

    /// <summary>Who acts, when that is not the owner (a clerk, an API client); null means the owner.</summary>
    public string? Actor { get; init; }

    /// <summary>The network address that the request came from.</summary>
    public string? RemoteAddress { get; init; }

    /// <summary>The client's User-Agent.</summary>
    public string? UserAgent { get; init; }
}
