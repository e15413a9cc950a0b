using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DirectUpload.Uploads;

namespace DirectUpload.DynamoDB;

/// <summary>
/// What records are found by, besides their ids. Each text stands for one thing only, whatever an owner or a profile is called: an owner's name comes last,
/// behind a sign that says what it is, and a profile's name is escaped, so neither can pass for another's.
/// </summary>
internal static class IndexKeys
{
    /// <summary>DynamoDB takes keys of 2,048 bytes; more than this is hashed.</summary>
    /// <remarks>Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html</remarks>
    private const int LongestKey = 2048;

    /// <summary>The shard of an upload, by the random end of its id.</summary>
    public static int Shard(UploadId id, int shards) =>
        (int)(uint.Parse(id.ToString().AsSpan(24), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) % (uint)shards);

    /// <summary>The list that a record is in: its owner's, or one of those that anonymous uploads are spread over.</summary>
    public static string OwnerList(UploadRecord record, int shards) => List(record.Owner, Shard(record.Id, shards));

    /// <summary>The lists that hold all of an owner's records.</summary>
    public static IEnumerable<string> OwnerLists(string? owner, int shards) =>
        owner is null ? Enumerable.Range(0, shards).Select(shard => List(null, shard)) : [List(owner, 0)];

    /// <summary>The count that a pending record is in.</summary>
    public static string Pending(UploadRecord record, int shards) => Pending(record.Profile, OwnerList(record, shards));

    /// <summary>The counts that hold all of an owner's pending records.</summary>
    public static IEnumerable<string> Pendings(string profile, string? owner, int shards) => OwnerLists(owner, shards).Select(list => Pending(profile, list));

    // "=" an owner by name, "-" a shard of nobody's, "#" the hash of what is too long for a key.
    private static string List(string? owner, int shard) => Fit(owner is null ? string.Create(CultureInfo.InvariantCulture, $"-{shard}") : $"={owner}");

    private static string Pending(string profile, string ownerList) => Fit($"{Uri.EscapeDataString(profile)}/{ownerList}");

    private static string Fit(string key)
    {
        var bytes = Encoding.UTF8.GetBytes(key);
        return bytes.Length <= LongestKey ? key : $"#{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
    }
}
