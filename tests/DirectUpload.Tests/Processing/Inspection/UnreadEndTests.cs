using System.Text;
using DirectUpload.Processing.Inspection;
using DirectUpload.Profiles;
using DirectUpload.Storage;
using DirectUpload.Stores;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Processing.Inspection;

/// <summary>The end of a large object is read only if it may change the decision.</summary>
public sealed class UnreadEndTests
{
    private const string Generic = "application/octet-stream";

    // Larger than the start and the end that are read.
    private const int Length = 200_000;

    private static readonly UploadRecord Template = TestData.CreateRecord();

    private static readonly byte[] Archive = ZipFileSamples.Create("a.txt");

    private static readonly string[] Names = ["a", "a.bin", "a.txt", "a.zip", "a.pdf", "a.stl"];

    private static readonly string[] Types =
        [Generic, "application/zip", "application/pdf", "text/plain", "image/png", "model/stl", "application/vnd.acme"];

    private static readonly string[][] Profiles =
        [["*/*"], [Generic], ["application/*"], ["model/*"], ["text/*"], ["application/zip"], ["application/pdf"], ["image/*"]];

    public static TheoryData<string> Contents => [.. CreateContents().Keys];

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task DecideTypeAsync_LargeContent_DecidesAsWithItsEnd(string name)
    {
        var content = CreateContents()[name];
        foreach (var fileName in Names)
        {
            foreach (var declared in Types)
            {
                foreach (var patterns in Profiles)
                {
                    var (record, profile) = Create(fileName, declared, patterns);
                    var expected = new ContentTypeDecision(record, profile, type => SampleFile.Inspect(type, content))
                        .Decide(out var rejection);

                    var (type, error) = await DecideAsync(record, profile, CreateBucket(content));

                    type.Should().Be(expected, "{0} as {1} for {2}", fileName, declared, string.Join(' ', patterns));
                    (error?.Message).Should().Be(rejection);
                }
            }
        }
    }

    [Theory]
    [InlineData("noise", "a.bin", Generic, 0, "*/*")]
    [InlineData("noise and an archive", "a.bin", Generic, 0, "*/*")]
    [InlineData("noise", "a.acme", "application/vnd.acme", 0, "application/vnd.acme")]
    [InlineData("noise", "a.stl", "model/stl", 1, "model/*")]
    [InlineData("noise", "a.bin", Generic, 1, "application/zip")]
    [InlineData("UTF-16 text", "a.txt", "text/plain", 1, "text/plain")]
    [InlineData("archive", "a.zip", "application/zip", 1, "application/zip")]
    public async Task DecideTypeAsync_ReadsTheEndOnlyIfItMatters(
        string content, string fileName, string declared, int reads, params string[] patterns)
    {
        var (record, profile) = Create(fileName, declared, patterns);
        var bucket = CreateBucket(CreateContents()[content]);

        await DecideAsync(record, profile, bucket);

        bucket.Count(BucketOperation.OpenRead).Should().Be(reads);
    }

    [Theory]
    [InlineData("archive", "a.zip", "application/zip")]
    [InlineData("noise and an archive", "a.stl", "model/stl")]
    public async Task DecideTypeAsync_ServerWithoutRanges_DoesNotTakeTheStartForTheEnd(string content, string fileName, string declared)
    {
        var (record, profile) = Create(fileName, declared, [declared.Split('/')[0] + "/*"]);
        var bucket = new FakeBucket { IgnoresRanges = true };
        bucket.Put(record.FinalKey, CreateContents()[content], Generic);

        await FluentActions.Awaiting(() => DecideAsync(record, profile, bucket)).Should().ThrowAsync<IOException>();
    }

    private static Dictionary<string, byte[]> CreateContents()
    {
        var noise = new byte[Length];
        new Random(1).NextBytes(noise);
        noise[0] = 0xFF;
        var text = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(new string('a', Length / 2))).ToArray();
        byte[] document = [.. "junk\n"u8, .. SampleFiles.Pdf, .. new byte[Length]];
        return new()
        {
            ["noise"] = noise,
            ["noise and an archive"] = [.. noise, .. Archive],
            ["UTF-16 text"] = text,
            ["UTF-16 text and an archive"] = [.. text, .. Archive],
            ["document behind other bytes"] = document,
            ["document behind other bytes, and an archive"] = [.. document, .. Archive],
            ["archive"] = ZipFileSamples.Create(Length, "a.bin", "b.bin"),
            ["image"] = [.. SampleFiles.Get("png").Content, .. noise],
            ["zeros"] = new byte[Length],
            ["zeros and an archive"] = [.. new byte[Length], .. Archive],
        };
    }

    private static Task<(string? ContentType, UploadError? Rejection)> DecideAsync(
        UploadRecord record, UploadProfile profile, FakeBucket bucket)
    {
        var content = bucket[record.FinalKey]!;
        var stored = new StoredObject { ETag = content.ETag, Size = content.Bytes.Length, ETagIsContentHash = true };
        return ContentCheck.DecideTypeAsync(
            record, profile, new ObjectStart(stored, content.Bytes[..ContentInspector.HeadLength]), bucket, default);
    }

    private static FakeBucket CreateBucket(byte[] content)
    {
        var bucket = new FakeBucket();
        bucket.Put(Template.FinalKey, content, Generic);
        return bucket;
    }

    private static (UploadRecord Record, UploadProfile Profile) Create(string fileName, string declared, string[] patterns)
    {
        var record = Template with
        {
            FileName = fileName,
            ContentType = MediaTypes.Canonicalize(declared),
            DeclaredContentType = declared,
        };
        return (record, new UploadProfile { ContentTypes = [.. patterns] });
    }
}
