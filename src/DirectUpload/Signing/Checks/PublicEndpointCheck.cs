namespace DirectUpload.Signing.Checks;

/// <summary>Finds public endpoints that no URL can be signed for: the bucket and the key make the whole path, and the signature the query.</summary>
internal static class PublicEndpointCheck
{
    /// <returns>A sentence that begins with the setting's name; null without a fault.</returns>
    public static string? FindFault(string setting, Uri? endpoint)
    {
        if (endpoint is null)
            return null;
        // First, so that no message repeats a password.
        if (endpoint.IsAbsoluteUri && endpoint.UserInfo.Length > 0)
            return $"{setting} holds a user name or password; write scheme, host and port only, such as \"https://files.example.com\".";
        if (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("http" or "https") || endpoint.Host.Length == 0)
            return $"{setting} is \"{endpoint}\"; write it with http or https and a host, such as \"https://files.example.com\".";
        return endpoint.AbsoluteUri.Length > endpoint.GetLeftPart(UriPartial.Authority).Length + 1
            ? $"{setting} is \"{endpoint}\", which has a path, a query or a fragment; write scheme, host and port only, such as \"{endpoint.GetLeftPart(UriPartial.Authority)}\". The bucket's name is added to it."
            : null;
    }
}
