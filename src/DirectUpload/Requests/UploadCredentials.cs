using System.Security.Cryptography;

namespace DirectUpload.Requests;

/// <summary>Holds the id and the tokens of a new upload.</summary>
/// <remarks>All are taken from one call of the cryptographic random generator, because the cost is per call and not per byte.</remarks>
internal readonly record struct UploadCredentials(UploadId Id, UploadToken WriteToken, UploadToken ReadToken)
{
    /// <summary>Creates a random id and random tokens.</summary>
    /// <param name="now">The time by which the id sorts.</param>
    public static UploadCredentials Create(DateTimeOffset now)
    {
        Span<byte> random = stackalloc byte[UploadId.RandomByteCount + (2 * UploadToken.ByteCount)];
        RandomNumberGenerator.Fill(random);
        var secrets = random[UploadId.RandomByteCount..];
        return new(
            UploadId.FromRandomBytes(now, random[..UploadId.RandomByteCount]),
            UploadToken.FromBytes(secrets[..UploadToken.ByteCount]),
            UploadToken.FromBytes(secrets[UploadToken.ByteCount..]));
    }
}
