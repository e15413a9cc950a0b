namespace DirectUpload.Tests.Presigning;

/// <summary>A presigned URL in its parts; nothing is normalised, values are percent-decoded once.</summary>
internal sealed record SignedUrl(string Origin, string Path, IReadOnlyDictionary<string, string> Query)
{
    /// <summary>All of it in one text, the parameters sorted: their order in a URL says nothing.</summary>
    public string Canonical =>
        $"{Origin}{Path}?"
        + string.Join('&', Query.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => $"{item.Key}={item.Value}"));

    public string Signature => Query["X-Amz-Signature"];

    public string Date => Query["X-Amz-Date"];

    public string Expires => Query["X-Amz-Expires"];

    public string Credential => Query["X-Amz-Credential"];

    public string SignedHeaders => Query["X-Amz-SignedHeaders"];

    public static SignedUrl Parse(string url)
    {
        var question = url.IndexOf('?', StringComparison.Ordinal);
        var pathStart = url.IndexOf('/', url.IndexOf("//", StringComparison.Ordinal) + 2);
        var query = url[(question + 1)..].Split('&').Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        return new(url[..pathStart], url[pathStart..question], query);
    }
}
