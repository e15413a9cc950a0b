using System.Security.Cryptography;

namespace DirectUpload.Uploads;

/// <summary>What a new upload is named and opened by, out of one draw: asking the cryptographic generator costs the same for a few bytes and for many.</summary>
internal readonly record struct UploadCapabilities(UploadId Id, UploadToken WriteToken, UploadToken ReadToken)
{
    /// <param name="now">The time that the id sorts by.</param>
    public static UploadCapabilities New(DateTimeOffset now)
    {
        Span<byte> drawn = stackalloc byte[UploadId.RandomBytes + (2 * UploadToken.Bytes)];
        RandomNumberGenerator.Fill(drawn);
        var secrets = drawn[UploadId.RandomBytes..];
        return new(
            UploadId.Of(now, drawn[..UploadId.RandomBytes]),
            UploadToken.Of(secrets[..UploadToken.Bytes]),
            UploadToken.Of(secrets[UploadToken.Bytes..]));
    }
}
