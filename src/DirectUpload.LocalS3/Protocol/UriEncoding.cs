using System.Buffers;
using System.Text;

namespace DirectUpload.LocalS3.Protocol;

/// <summary>Encodes and decodes percent-encoded bytes as S3 does.</summary>
/// <remarks>
/// A key consists of the bytes that the client sent. A signature covers these bytes in one strict encoding: all but
/// <c>A-Z a-z 0-9 - _ . ~</c>, in upper-case hexadecimal.
/// </remarks>
internal static class UriEncoding
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly SearchValues<byte> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~"u8);

    public static byte[] Decode(ReadOnlySpan<char> text, bool plusIsSpace)
    {
        var source = Encoding.UTF8.GetBytes(text.ToArray());
        var length = 0;
        for (var i = 0; i < source.Length; i++)
        {
            var value = source[i];
            if (value == '%' && i + 2 < source.Length && char.IsAsciiHexDigit((char)source[i + 1])
                && char.IsAsciiHexDigit((char)source[i + 2]))
            {
                value = (byte)(Digit(source[i + 1]) * 16 + Digit(source[i + 2]));
                i += 2;
            }
            else if (value == '+' && plusIsSpace)
            {
                value = (byte)' ';
            }
            source[length++] = value;
        }
        return source[..length];
    }

    public static string DecodeText(ReadOnlySpan<char> text, bool plusIsSpace)
    {
        try
        {
            return Strict.GetString(Decode(text, plusIsSpace));
        }
        catch (DecoderFallbackException)
        {
            throw S3Errors.InvalidUri(text.ToString());
        }
    }

    public static string Encode(string text, bool keepSlash = false) => Encode(Encoding.UTF8.GetBytes(text), keepSlash);

    public static string Encode(ReadOnlySpan<byte> bytes, bool keepSlash = false)
    {
        var text = new StringBuilder(bytes.Length + 16);
        foreach (var value in bytes)
        {
            if (Unreserved.Contains(value) || (keepSlash && value == '/'))
                text.Append((char)value);
            else
                text.Append('%').Append("0123456789ABCDEF"[value >> 4]).Append("0123456789ABCDEF"[value & 15]);
        }
        return text.ToString();
    }

    private static int Digit(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
