using DirectUpload.Signing;

namespace DirectUpload.Tests.Signing.Servers;

/// <summary>An issued request with one thing changed, generated from the request itself, so that nothing that is in it can be forgotten.</summary>
internal sealed record Mutation(string What, PresignedUrl Request)
{
    private static readonly string[] Methods = ["GET", "HEAD", "PUT", "POST", "DELETE"];

    public static IEnumerable<Mutation> Of(PresignedUrl issued)
    {
        foreach (var method in Methods.Where(method => method != issued.Method))
            yield return new($"method {method}", issued with { Method = method });

        var question = issued.Url.IndexOf('?', StringComparison.Ordinal);
        var (address, query) = (issued.Url[..question], issued.Url[(question + 1)..].Split('&'));
        yield return new("another key", issued with { Url = $"{Altered(address)}?{string.Join('&', query)}" });
        yield return new("a longer key", issued with { Url = $"{address}x?{string.Join('&', query)}" });
        yield return new("a parameter more", issued with { Url = $"{issued.Url}&response-content-type=text%2Fhtml" });
        for (var at = 0; at < query.Length; at++)
        {
            var (before, name, after) = (query[..at], query[at].Split('=')[0], query[(at + 1)..]);
            yield return new($"{name} changed", issued with { Url = $"{address}?{string.Join('&', [.. before, Altered(query[at]), .. after])}" });
            yield return new($"{name} removed", issued with { Url = $"{address}?{string.Join('&', [.. before, .. after])}" });
        }

        foreach (var (name, value) in issued.Headers)
        {
            yield return new($"{name} changed", issued with { Headers = new Dictionary<string, string>(issued.Headers) { [name] = Altered(value) } });
            yield return new($"{name} removed", issued with { Headers = issued.Headers.Where(header => header.Key != name).ToDictionary() });
        }
    }

    /// <summary>The forms that differ from an issued one in a single field.</summary>
    public static IEnumerable<(string What, IReadOnlyDictionary<string, string> Fields)> OfForm(IReadOnlyDictionary<string, string> issued)
    {
        foreach (var (name, value) in issued)
        {
            yield return ($"{name} changed", issued.ToDictionary(field => field.Key, field => field.Key == name ? Altered(value) : field.Value));
            yield return ($"{name} removed", issued.Where(field => field.Key != name).ToDictionary());
        }

        yield return ("a field more", new Dictionary<string, string>(issued) { ["x-amz-meta-more"] = "1" });
    }

    // Another last character that keeps a number a number and hex hex.
    private static string Altered(string text) => text[..^1] + (text[^1] == '1' ? '2' : '1');
}
