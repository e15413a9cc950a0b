namespace DirectUpload.Presigning.Checks;

/// <summary>Finds public endpoints for which URLs cannot be signed.</summary>
/// <remarks>The bucket and the key are the whole path of a signed URL, and the signature is its query.</remarks>
internal static class PublicEndpointCheck
{
    /// <returns>The error message, which starts with the name of the setting; null when the endpoint is valid.</returns>
    public static string? FindError(string setting, Uri? endpoint)
    {
        if (endpoint is null)
            return null;
        // This check is first, so that no message repeats a password.
        if (endpoint.IsAbsoluteUri && endpoint.UserInfo.Length > 0)
            return $"{setting} holds a user name or password; write scheme, host and port only, such as \"https://files.example.com\".";
        if (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("http" or "https") || endpoint.Host.Length == 0)
            return $"{setting} is \"{endpoint}\"; write it with http or https and a host, such as \"https://files.example.com\".";
        return endpoint.AbsoluteUri.Length > endpoint.GetLeftPart(UriPartial.Authority).Length + 1
            ? $"{setting} is \"{endpoint}\", which has a path, a query or a fragment; "
                + $"write scheme, host and port only, such as \"{endpoint.GetLeftPart(UriPartial.Authority)}\". "
                + "The bucket's name is added to it."
            : null;
    }
}
