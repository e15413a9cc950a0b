using System.Text;

namespace DirectUpload.TestKit;

/// <summary>Encodes text as Signature Version 4 requires: everything but unreserved characters, with upper-case hex.</summary>
public static class UriEncoding
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";

    public static string EncodeValue(string text) => Encode(text, Unreserved);

    /// <summary>Encodes an object key and keeps its slashes.</summary>
    public static string EncodePath(string key) => Encode(key, Unreserved + "/");

    private static string Encode(string text, string kept)
    {
        var encoded = new StringBuilder();
        foreach (var octet in Encoding.UTF8.GetBytes(text))
            _ = kept.Contains((char)octet) ? encoded.Append((char)octet) : encoded.Append($"%{octet:X2}");
        return encoded.ToString();
    }
}
