using System.Runtime.CompilerServices;
using System.Security.Claims;

namespace DirectUpload.Uploads;

/// <summary>Who is asking, as the host has authenticated them; recorded with the upload.</summary>
public sealed record UploadCaller
{
    private const int LongestId = 256;
    private const int LongestTrace = 512;

    /// <summary>A caller of whom nothing is known. Anonymous callers share one quota.</summary>
    public static UploadCaller Anonymous { get; } = new();

    /// <summary>Whom the upload will belong to: a stable id (user, tenant) of 1 to 256 printable characters; null when anonymous.</summary>
    /// <exception cref="ArgumentException">It is no such id.</exception>
    public string? Owner { get; init => field = Id(value); }

    /// <summary>Who acts, when that is not the owner (a clerk, an API client): 1 to 256 printable characters; null means the owner.</summary>
    /// <exception cref="ArgumentException">It is no such id.</exception>
    public string? Actor { get; init => field = Id(value); }

    /// <summary>The host's user with their claims, for authorizers; never recorded. Null where the host gives none.</summary>
    public ClaimsPrincipal? User { get; init; }

    /// <summary>The network address that the request came from. What is longer than 512 characters is cut off.</summary>
    public string? RemoteAddress { get; init => field = Trace(value); }

    /// <summary>The client's User-Agent. What is longer than 512 characters is cut off.</summary>
    public string? UserAgent { get; init => field = Trace(value); }

    // The application's own word: what is wrong with it is the application's fault, not its client's.
    private static string? Id(string? value, [CallerMemberName] string name = "")
    {
        if (value is null)
            return null;
        if (value.Length is 0 or > LongestId)
            throw new ArgumentException($"{name} has {value.Length} characters; give 1 to {LongestId}, or null for nobody.", name);
        return HostileText.Find(value) is { } hostile ? throw new ArgumentException($"{name} holds the character {hostile}, which no store need keep.", name) : value;
    }

    // The client's, and of no consequence: kept as far as it can be.
    private static string? Trace(string? value)
    {
        var kept = value is { Length: > LongestTrace } ? value[..LongestTrace] : value;
        return kept is not null && HostileText.Find(kept) is not null ? new string([.. kept.Select(it => char.IsControl(it) || char.IsSurrogate(it) ? '\uFFFD' : it)]) : kept;
    }
}
