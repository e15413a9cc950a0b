using System.Globalization;
using DirectUpload.Storage;
using DirectUpload.Uploads;

namespace DirectUpload.Confirmation;

/// <summary>Compares what storage has with what the record was promised.</summary>
internal static class UploadVerifier
{
    public const string Mismatch = "mismatch";

    public static UploadFailure? FindMismatch(UploadRecord record, StoredObject stored, long smallest)
    {
        if (record.SizeIsOpen && stored.Size > record.ClaimedSize)
            return new(Mismatch, string.Create(CultureInfo.InvariantCulture, $"At most {record.ClaimedSize} bytes are taken, and {stored.Size} arrived. Request a new upload for a smaller file."));
        if (record.SizeIsOpen && stored.Size < smallest)
            return new(Mismatch, string.Create(CultureInfo.InvariantCulture, $"At least {smallest} bytes are needed, and {stored.Size} arrived. Request a new upload for the right file."));
        if (!record.SizeIsOpen && stored.Size != record.ClaimedSize)
        {
            return new(Mismatch, string.Create(CultureInfo.InvariantCulture,
                $"{record.ClaimedSize} bytes were promised, and {stored.Size} arrived. Request a new upload with the file's real size."));
        }

        if (stored.ContentType is { } type && !string.Equals(type, record.ContentType, StringComparison.OrdinalIgnoreCase))
            return new(Mismatch, $"The type {record.ContentType} was promised, and the object was stored as another. Send the headers exactly as granted.");
        if (record.ChecksumSha256 is { } promised && stored.ChecksumSha256 is { } actual && promised != actual)
            return new(Mismatch, "The SHA-256 of what arrived is not the one that was promised. Request a new upload.");
        return null;
    }
}
