using System.Globalization;
using DirectUpload.Uploads;

namespace DirectUpload.Benchmarks.Growth;

/// <summary>
/// So many records of an application that has run for a month. Each owner has a hundred at any size, spread over the month: one is pending, one is due,
/// three retire, the others are ready and nothing more is to be done with them.
/// </summary>
internal sealed class Population
{
    public const string Profile = "photos";
    public const int PerOwner = 100;

    // Fewer, and a claim would not find as many in a small table as in a large one.
    private const int LeastDue = 50;
    private const int FirstRetiring = 90;
    private const int FirstWithoutStep = 10;

    private readonly UploadId[] _ids;
    private readonly int _owners;
    private readonly int _duePerOwner;

    public Population(int size)
    {
        if (size < LeastDue * PerOwner / (FirstWithoutStep - 1) || size % PerOwner != 0)
            throw new ArgumentException($"A size is a multiple of {PerOwner}, from 1,000; {size} is not.", nameof(size));
        Size = size;
        _owners = size / PerOwner;
        _duePerOwner = Math.Max(1, (LeastDue + _owners - 1) / _owners);
        _ids = [.. Enumerable.Range(0, size).Select(at => UploadId.New(CreatedAt(at)))];
    }

    /// <summary>The present, for all of them.</summary>
    public static DateTimeOffset Now { get; } = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(1234567);

    public int Size { get; }

    public IEnumerable<UploadRecord> Records => Enumerable.Range(0, Size).Select(Record);

    public UploadId AnyId(Random random) => _ids[random.Next(Size)];

    /// <summary>The id of a ready record with nothing more to be done.</summary>
    public UploadId AnySettledId(Random random) => _ids[random.Next(FirstWithoutStep * _owners, FirstRetiring * _owners)];

    public string AnyOwner(Random random) => Owner(random.Next(_owners));

    /// <summary>A record that is not among them, requested just now.</summary>
    public UploadRecord Further(Random random) => Requested(UploadId.New(Now), AnyOwner(random), random.Next(Size), Now);

    private UploadRecord Record(int at)
    {
        var requested = Requested(_ids[at], Owner(at % _owners), at, CreatedAt(at));
        return (at / _owners) switch
        {
            0 => requested with { GrantExpiresAt = Now.AddDays(1), DueAt = Now.AddDays(1) },
            var nth when nth <= _duePerOwner => Ready(requested) with { DueAt = Now.AddSeconds(-1 - (at % 3600)) },
            >= FirstRetiring and < FirstRetiring + 3 => requested.MovedTo(UploadStatus.Expired, requested.GrantExpiresAt) with { DueAt = null, RetireAt = Now.AddDays(30) },
            _ => Ready(requested),
        };
    }

    private static UploadRecord Ready(UploadRecord requested) =>
        requested.MovedTo(UploadStatus.Uploaded, requested.CreatedAt.AddSeconds(3))
            .MovedTo(UploadStatus.Processing, requested.CreatedAt.AddSeconds(4))
            .MovedTo(UploadStatus.Ready, requested.CreatedAt.AddSeconds(5)) with
        {
            Version = 4,
            Size = requested.ClaimedSize,
            ETag = $"\"{requested.Id}\"",
            Attempts = 1,
            DueAt = null,
            Findings = new Dictionary<string, string> { ["width"] = "4032", ["height"] = "3024" },
            Derivatives = [new("thumbnail.webp", $"final/{requested.Id}.thumbnail.webp", "image/webp", 20_000)],
        };

    private static UploadRecord Requested(UploadId id, string owner, int at, DateTimeOffset now) => new()
    {
        Id = id,
        Version = 1,
        Profile = Profile,
        Owner = owner,
        FileName = string.Create(CultureInfo.InvariantCulture, $"holiday picture {at}.jpg"),
        ContentType = "image/jpeg",
        ClaimedSize = 1_000_000 + at,
        ChecksumSha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        Bucket = "uploads",
        StagingKey = $"staging/{owner}/{id}.jpg",
        FinalKey = $"final/{owner}/{id}.jpg",
        WriteTokenHash = Hash('a', id),
        ReadTokenHash = Hash('b', id),
        Metadata = new Dictionary<string, string> { ["album"] = "Summer", ["camera"] = "front" },
        Audit = new()
        {
            Actor = owner,
            RemoteAddress = "203.0.113.7",
            UserAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
            Transitions = [new(UploadStatus.Requested, now)],
        },
        CreatedAt = now,
        UpdatedAt = now,
        GrantExpiresAt = now.AddMinutes(15),
        DueAt = now.AddMinutes(15),
    };

    private static UploadTokenHash Hash(char begin, UploadId id) => UploadTokenHash.Parse($"{new string(begin, 32)}{id}");

    private static string Owner(int number) => string.Create(CultureInfo.InvariantCulture, $"user-{number:D8}");

    private DateTimeOffset CreatedAt(int at) => Now.AddDays(-31) + (TimeSpan.FromDays(30) * ((double)at / Size));
}
