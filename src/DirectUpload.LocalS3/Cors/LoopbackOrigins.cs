namespace DirectUpload.LocalS3.Cors;

/// <summary>Defines the origins of pages on this machine, on any port, as patterns of a CORS rule.</summary>
internal static class LoopbackOrigins
{
    private static readonly string[] Hosts = ["localhost", "127.0.0.1", "[::1]"];

    // Browsers omit port 80, which "http://localhost:*" does not match.
    public static IReadOnlyList<string> All { get; } =
        [.. Hosts.SelectMany(host => new[] { $"http://{host}:*", $"https://{host}:*", $"http://{host}", $"https://{host}" })];
}
