using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DirectUpload.Stores;

namespace DirectUpload.DynamoDB.Records;

/// <summary>Creates the keys of the indexes.</summary>
/// <remarks>
/// Keys are unambiguous for every owner, profile and association: the owner's name comes last, after a prefix that marks its kind, and so
/// does the id of an association; the names before them are escaped.
/// </remarks>
internal static class IndexKeys
{
    /// <summary>The maximum length of a DynamoDB key in bytes; longer keys are hashed.</summary>
    /// <remarks>Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html</remarks>
    private const int MaxKeyLength = 2048;

    /// <summary>Gets the shard of an upload, from the random end of its id.</summary>
    public static int GetShard(UploadId id, int shards) =>
        (int)(uint.Parse(id.ToString().AsSpan(24), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) % (uint)shards);

    /// <summary>Gets the list key of a record: that of its owner, or of one of the shards of anonymous uploads.</summary>
    public static string GetOwnerList(UploadRecord record, int shards) => CreateOwnerList(record.Owner, GetShard(record.Id, shards));

    /// <summary>Gets the list keys of all records of an owner.</summary>
    public static IEnumerable<string> GetOwnerLists(string? owner, int shards) =>
        owner is null ? Enumerable.Range(0, shards).Select(shard => CreateOwnerList(null, shard)) : [CreateOwnerList(owner, 0)];

    /// <summary>Gets the list key of an association, which all its kinds share.</summary>
    public static string GetAssociationList(UploadAssociation association) =>
        HashIfTooLong($"{Uri.EscapeDataString(association.Type)}/{association.Id}");

    /// <summary>Gets the pending key of a record.</summary>
    public static string GetPendingKey(UploadRecord record, int shards) => GetPendingKey(record.Profile, GetOwnerList(record, shards));

    /// <summary>Gets the pending keys of all pending records of an owner.</summary>
    public static IEnumerable<string> GetPendingKeys(string profile, string? owner, int shards) =>
        GetOwnerLists(owner, shards).Select(list => GetPendingKey(profile, list));

    /// <summary>Gets the key of a record that waits for the decision of a processor.</summary>
    public static string GetAwaitedKey(UploadRecord record, string processor, int shards) =>
        CreateAwaitedKey(processor, GetShard(record.Id, shards));

    /// <summary>Gets the keys of all records that wait for the decision of a processor.</summary>
    public static IEnumerable<string> GetAwaitedKeys(string processor, int shards) =>
        Enumerable.Range(0, shards).Select(shard => CreateAwaitedKey(processor, shard));

    private static string CreateAwaitedKey(string processor, int shard) =>
        HashIfTooLong(string.Create(CultureInfo.InvariantCulture, $"{shard}/{processor}"));

    // "=" precedes an owner's name, "-" an anonymous shard, "#" the hash of a key that is too long.
    private static string CreateOwnerList(string? owner, int shard) =>
        HashIfTooLong(owner is null ? string.Create(CultureInfo.InvariantCulture, $"-{shard}") : $"={owner}");

    private static string GetPendingKey(string profile, string ownerList) => HashIfTooLong($"{Uri.EscapeDataString(profile)}/{ownerList}");

    private static string HashIfTooLong(string key)
    {
        var bytes = Encoding.UTF8.GetBytes(key);
        return bytes.Length <= MaxKeyLength ? key : $"#{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
    }
}
