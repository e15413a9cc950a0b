using System.Globalization;
using DirectUpload.Stores;

namespace DirectUpload.Benchmarks.Growth;

/// <summary>
/// So many records of an application that has run for a month. Each owner has a hundred at any size, spread over the month: one is pending,
/// one is due, three retire, the others are ready and nothing more is to be done with them. 57 belong to the owner's entity, half of them
/// as photos. Of all records, twenty have failed.
/// </summary>
internal sealed class Population
{
    public const string Profile = "photos";
    public const int PerOwner = 100;

    // Fewer, and a claim would not find as many in a small table as in a large one.
    private const int MinDue = 50;
    private const int FirstPurgeable = 90;
    private const int FirstWithoutAction = 10;
    private const int FirstAttached = 40;
    private const int FirstFailed = 20;
    private const int FailedPerNumber = 10;

    private readonly UploadId[] _ids;
    private readonly int _owners;
    private readonly int _duePerOwner;

    public Population(int size)
    {
        if (size < MinDue * PerOwner / (FirstWithoutAction - 1) || size % PerOwner != 0)
            throw new ArgumentException($"A size is a multiple of {PerOwner}, from 1,000; {size} is not.", nameof(size));
        Size = size;
        _owners = size / PerOwner;
        _duePerOwner = Math.Max(1, (MinDue + _owners - 1) / _owners);
        _ids = [.. Enumerable.Range(0, size).Select(at => UploadId.Create(GetCreatedAt(at)))];
    }

    /// <summary>The present, for all of them.</summary>
    public static DateTimeOffset Now { get; } = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(1234567);

    public int Size { get; }

    public IEnumerable<UploadRecord> Records => Enumerable.Range(0, Size).Select(GetRecord);

    public UploadId PickId(Random random) => _ids[random.Next(Size)];

    /// <summary>The id of a ready record with nothing more to be done.</summary>
    public UploadId PickTerminalId(Random random) => _ids[random.Next(FirstWithoutAction * _owners, FirstPurgeable * _owners)];

    /// <summary>The id of a ready record that belongs to no entity of an owner.</summary>
    public UploadId PickAttachableId(Random random) => _ids[random.Next(FirstWithoutAction * _owners, FirstAttached * _owners)];

    public UploadAssociation PickAssociation(Random random, string? kind) => new("user", PickOwner(random), kind);

    public string PickOwner(Random random) => GetOwner(random.Next(_owners));

    /// <summary>A record that is not among them, requested just now.</summary>
    public UploadRecord CreateRecord(Random random) => CreateRequested(UploadId.Create(Now), PickOwner(random), random.Next(Size), Now);

    private UploadRecord GetRecord(int at)
    {
        var requested = CreateRequested(_ids[at], GetOwner(at % _owners), at, GetCreatedAt(at));
        return (at / _owners) switch
        {
            0 => requested with { GrantExpiresAt = Now.AddDays(1), NextActionAt = Now.AddDays(1) },
            var nth when nth <= _duePerOwner => CreateReady(requested) with { NextActionAt = Now.AddSeconds(-1 - (at % 3600)) },
            >= FirstPurgeable and < FirstPurgeable + 3 => requested.TransitionTo(UploadStatus.Expired, requested.GrantExpiresAt) with
            {
                NextActionAt = null,
                PurgeAt = Now.AddDays(30),
            },
            >= FirstFailed and < FirstFailed + 2 when at % _owners < FailedPerNumber =>
                CreateReady(requested) with { Status = UploadStatus.Failed },
            var nth and >= FirstAttached => CreateReady(requested) with
            {
                Association = new("user", GetOwner(at % _owners), nth % 2 == 0 ? "photo" : null),
                AttachedAt = requested.CreatedAt.AddMinutes(1),
            },
            _ => CreateReady(requested),
        };
    }

    private static UploadRecord CreateReady(UploadRecord requested) =>
        requested.TransitionTo(UploadStatus.Uploaded, requested.CreatedAt.AddSeconds(3))
            .TransitionTo(UploadStatus.Processing, requested.CreatedAt.AddSeconds(4))
            .TransitionTo(UploadStatus.Ready, requested.CreatedAt.AddSeconds(5)) with
        {
            Version = 4,
            Size = requested.DeclaredSize,
            ETag = $"\"{requested.Id}\"",
            Attempts = 1,
            NextActionAt = null,
            Properties = new Dictionary<string, string> { ["width"] = "4032", ["height"] = "3024" },
            Variants = [new("thumbnail.webp", $"final/{requested.Id}.thumbnail.webp", "image/webp", 20_000)],
        };

    private static UploadRecord CreateRequested(UploadId id, string owner, int at, DateTimeOffset now) => new()
    {
        Id = id,
        Version = 1,
        Profile = Profile,
        Owner = owner,
        FileName = string.Create(CultureInfo.InvariantCulture, $"holiday picture {at}.jpg"),
        ContentType = "image/jpeg",
        DeclaredSize = 1_000_000 + at,
        ChecksumSha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        Bucket = "uploads",
        StagingKey = $"staging/{owner}/{id}.jpg",
        FinalKey = $"final/{owner}/{id}.jpg",
        WriteTokenHash = CreateHash('a', id),
        ReadTokenHash = CreateHash('b', id),
        Metadata = new Dictionary<string, string> { ["album"] = "Summer", ["camera"] = "front" },
        Actor = owner,
        RemoteAddress = "203.0.113.7",
        UserAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
        Transitions = [new(UploadStatus.Requested, now)],
        CreatedAt = now,
        UpdatedAt = now,
        GrantExpiresAt = now.AddMinutes(15),
        NextActionAt = now.AddMinutes(15),
    };

    private static UploadTokenHash CreateHash(char begin, UploadId id) => UploadTokenHash.Parse($"{new string(begin, 32)}{id}");

    private static string GetOwner(int number) => string.Create(CultureInfo.InvariantCulture, $"user-{number:D8}");

    private DateTimeOffset GetCreatedAt(int at) => Now.AddDays(-31) + (TimeSpan.FromDays(30) * ((double)at / Size));
}
