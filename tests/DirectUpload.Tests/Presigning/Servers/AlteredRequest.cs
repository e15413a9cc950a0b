using DirectUpload.Presigning;

namespace DirectUpload.Tests.Presigning.Servers;

/// <summary>
/// An issued request with one thing changed, generated from the request itself, so that nothing that is in it can be forgotten.
/// </summary>
internal sealed record AlteredRequest(string Alteration, PresignedUrl Request)
{
    private static readonly string[] Methods = ["GET", "HEAD", "PUT", "POST", "DELETE"];

    public static IEnumerable<AlteredRequest> CreateAll(PresignedUrl issued)
    {
        foreach (var method in Methods.Where(method => method != issued.Method))
            yield return new($"method {method}", issued.With(method: method));

        var question = issued.Url.IndexOf('?', StringComparison.Ordinal);
        var (address, query) = (issued.Url[..question], issued.Url[(question + 1)..].Split('&'));
        yield return new("another key", issued.With(url: $"{Alter(address)}?{string.Join('&', query)}"));
        yield return new("a longer key", issued.With(url: $"{address}x?{string.Join('&', query)}"));
        yield return new("a parameter more", issued.With(url: $"{issued.Url}&response-content-type=text%2Fhtml"));
        for (var at = 0; at < query.Length; at++)
        {
            var (before, name, after) = (query[..at], query[at].Split('=')[0], query[(at + 1)..]);
            yield return new($"{name} changed", issued.With(url: $"{address}?{string.Join('&', [.. before, Alter(query[at]), .. after])}"));
            yield return new($"{name} removed", issued.With(url: $"{address}?{string.Join('&', [.. before, .. after])}"));
        }

        foreach (var (name, value) in issued.Headers)
        {
            yield return new(
                $"{name} changed", issued.With(headers: new Dictionary<string, string>(issued.Headers) { [name] = Alter(value) }));
            yield return new($"{name} removed", issued.With(headers: issued.Headers.Where(header => header.Key != name).ToDictionary()));
        }
    }

    /// <summary>The forms that differ from an issued one in a single field.</summary>
    public static IEnumerable<(string What, IReadOnlyDictionary<string, string> Fields)> CreateAllForms(
        IReadOnlyDictionary<string, string> issued)
    {
        foreach (var (name, value) in issued)
        {
            yield return ($"{name} changed", issued.ToDictionary(
                field => field.Key, field => field.Key == name ? Alter(value) : field.Value));
            yield return ($"{name} removed", issued.Where(field => field.Key != name).ToDictionary());
        }

        yield return ("a field more", new Dictionary<string, string>(issued) { ["x-amz-meta-more"] = "1" });
    }

    // Another last character that keeps a number a number and hex hex.
    private static string Alter(string text) => text[..^1] + (text[^1] == '1' ? '2' : '1');
}
