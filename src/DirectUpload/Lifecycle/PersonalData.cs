using System.Collections.ObjectModel;
using DirectUpload.Stores;

namespace DirectUpload.Lifecycle;

/// <summary>Erases personal data from the record of an upload.</summary>
/// <remarks>
/// The owner and the keys stay until the record is purged, because the objects must be found; the record is purged as soon as no client
/// can write an object again.
/// </remarks>
internal static class PersonalData
{
    /// <summary>Checks whether the data of a record was erased: only then is the file name empty.</summary>
    public static bool IsErased(UploadRecord record) => record.FileName.Length == 0;

    /// <summary>Removes names, addresses, user agents and everything that the client or a processor has stored.</summary>
    public static UploadRecord Erase(UploadRecord record) => record with
    {
        FileName = string.Empty,
        ChecksumSha256 = null,
        ChecksumCrc64Nvme = null,
        StoredChecksum = null,
        Association = null,
        AttachedAt = null,
        AttachBy = null,
        IsReplacing = false,
        Metadata = ReadOnlyDictionary<string, string>.Empty,
        Properties = ReadOnlyDictionary<string, string>.Empty,
        Actor = null,
        RemoteAddress = null,
        UserAgent = null,
        LastError = null,
        Decisions = [],
        Progress = null,
        Error = null,
    };
}
