using System.Text;

namespace DirectUpload.TestKit;

/// <summary>SigV4's percent-encoding: everything but the unreserved characters, upper-case hex.</summary>
public static class UriEncoding
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";

    public static string Value(string text) => Encode(text, Unreserved);

    /// <summary>An object key: slashes stay.</summary>
    public static string Path(string key) => Encode(key, Unreserved + "/");

    private static string Encode(string text, string kept)
    {
        var encoded = new StringBuilder();
        foreach (var octet in Encoding.UTF8.GetBytes(text))
            _ = kept.Contains((char)octet) ? encoded.Append((char)octet) : encoded.Append($"%{octet:X2}");
        return encoded.ToString();
    }
}
