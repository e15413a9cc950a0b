using System.Globalization;
using DirectUpload.Storage;
using DirectUpload.Stores;

namespace DirectUpload.Confirmation;

/// <summary>Compares the stored object with the values that the client declared.</summary>
internal static class ObjectVerification
{
    /// <summary>The error for an object whose SHA-256 differs from the declared one.</summary>
    public static readonly UploadError ChecksumMismatch = new(
        UploadErrorCodes.Mismatch, "The SHA-256 of the uploaded file does not match the declared one. Request a new upload.");

    /// <summary>Compares a stored object with its record.</summary>
    /// <param name="record">The record of the upload.</param>
    /// <param name="stored">The stored object.</param>
    /// <param name="minSize">The profile's minimum size, in bytes; applies when the client did not declare a size.</param>
    /// <returns>Why the object is rejected; null when it matches.</returns>
    public static UploadError? FindMismatch(UploadRecord record, StoredObject stored, long minSize)
    {
        if (record.IsSizeUnknown && stored.Size > record.DeclaredSize)
        {
            return CreateSizeMismatch(
                $"The upload allows at most {record.DeclaredSize} bytes; the file has {stored.Size}. Send a smaller file in a new upload.");
        }

        if (record.IsSizeUnknown && stored.Size < minSize)
        {
            return CreateSizeMismatch(
                $"The profile requires at least {minSize} bytes, but the file has {stored.Size}. Request a new upload for the right file.");
        }

        if (!record.IsSizeUnknown && stored.Size != record.DeclaredSize)
        {
            return CreateSizeMismatch(
                $"The client declared {record.DeclaredSize} bytes, but the file has {stored.Size}. Request an upload of the actual size.");
        }

        if (stored.ContentType is { } type && !string.Equals(type, record.SentContentType, StringComparison.OrdinalIgnoreCase))
        {
            return new(
                UploadErrorCodes.Mismatch,
                $"The client declared the type {record.SentContentType}, but stored the object with another. Send the headers as granted.");
        }

        return IntegrityCheck.For(record, profile: null).FindMismatch(stored.Checksum);
    }

    private static UploadError CreateSizeMismatch(FormattableString detail) =>
        new(UploadErrorCodes.Mismatch, detail.ToString(CultureInfo.InvariantCulture));
}
