using System.Net.Http.Json;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Amazon.S3.Model;
using DirectUpload.AspNetCore.Uppy;
using DirectUpload.Security.Tests.Table;
using DirectUpload.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>Requests that cost their sender little and the application much.</summary>
public sealed class KeyAndPartAttacks(LocalS3Fixture server) : FlowTests(server), IClassFixture<LocalS3Fixture>
{
    private const int Piece = 5 * 1024 * 1024;
    private const string Secret = "correct-horse-battery-staple";

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private LookupCountingStore? _lookups;

    protected override TestHostOptions HostOptions => new()
    {
        Uploads = options => options.AddProfile("small", small =>
        {
            small.ContentTypes.Add("*/*");
            (small.UploadMethod, small.MaxSize, small.MaxUploadDuration) = (UploadMethod.Post, 1_000_000, TimeSpan.FromHours(1));
        }),
        Services = services =>
        {
            TestSignIn.Add(services);
            services.AddSingleton<TimeProvider>(_clock);
            var registered = services.Last(it => it.ServiceType == typeof(IUploadRecordStore));
            services.AddSingleton(provider =>
            {
                var counted = DispatchProxy.Create<IUploadRecordStore, LookupCountingStore>();
                (_lookups =
                    (LookupCountingStore)(object)counted).Store = (IUploadRecordStore)(registered.ImplementationFactory?.Invoke(provider)
                    ?? registered.ImplementationInstance ?? ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!));
                return counted;
            });
        },
        Pipeline = TestSignIn.Use,
        Map = app =>
        {
            app.MapDirectUploads("/uploads").AllowAnonymous();
            app.MapUppyUploads("/uppy", "uppy").RequireAuthorization();
            app.MapUppyUploads("/small", "small").RequireAuthorization();
            app.MapStorageEvents("/storage-events", o => o.Secret = Secret);
        },
    };

    private UploadClient Uppy => App.ClientOf("/uppy").As("ada");

    private UploadClient Small => App.ClientOf("/small").As("ada");

    // 60 KB that read as an id from every second digit on; a key full of ids; ids at every boundary; one id and a long tail.
    private static IEnumerable<string> Keys()
    {
        yield return string.Concat(Enumerable.Repeat("77778888", 7500));
        yield return string.Join('/', Enumerable.Range(0, 31).Select(at => $"0198c0de0000700080000000000{at:x5}"));
        yield return string.Join('/', Enumerable.Range(0, 1900).Select(at => $"0198c0de0000700080000000000{at:x5}"));
        yield return "0198c0de00007000800000000000beef" + new string('x', 60_000);
        yield return "staging/uppy/0198c0de00007000800000000000beef-0198c0de00007000800000000000bee0.0198c0de00007000800000000000bee1";
    }

    [Fact]
    [Attack(
        "keys of 60 KB that contain thousands of ids, in every call and event that accepts a key",
        "a key has at most 1,024 bytes, and causes at most one look-up; the test counts them")]
    public async Task Key_HoweverManyIdsItHolds_CausesOneLookup()
    {
        foreach (var key in Keys())
        {
            var short_ = key.Length <= 2000 ? key : key[..2000];
            foreach (var (what, call) in new (string, Func<Task<ApiResponse>>)[]
            {
                ("confirm", () => Uppy.SendAsync(HttpMethod.Post, "/confirm", null, JsonContent.Create(new { key }))),
                ("location", () => Uppy.SendAsync(
                    HttpMethod.Post, "/confirm", null, JsonContent.Create(new { location = "http://127.0.0.1/b/staging/" + key }))),
                ("sign", () => Uppy.SendAsync(HttpMethod.Post, "/sign", null, JsonContent.Create(new { method = "DELETE", key }))),
                ("part", () => Uppy.SendAsync(
                    HttpMethod.Post, "/sign", null, JsonContent.Create(new { method = "PUT", key, uploadId = "1", partNumber = 1 }))),
                ("list", () => Uppy.SendAsync(HttpMethod.Get, $"/s3/multipart/1?key={short_}")),
                ("abort", () => Uppy.SendAsync(HttpMethod.Delete, $"/s3/multipart/1?key={short_}")),
                ("records", () => EventAsync(
                    new
                    {
                        Records = new[]
                        {
                            new { eventName = "ObjectCreated:Put", s3 = new { bucket = new { name = Bucket }, @object = new { key } } },
                        },
                    })),
                ("EventBridge", () => EventAsync(new Dictionary<string, object>
                {
                    ["source"] = "aws.s3",
                    ["detail-type"] = "Object Created",
                    ["detail"] = new { bucket = new { name = Bucket }, @object = new { key } },
                })),
            })
            {
                _lookups!.Count = 0;
                (await call()).Code.Should().BeLessThan(500, what);
                _lookups.Count.Should().BeLessThanOrEqualTo(1, "{0} with {1} characters", what, key.Length);
            }

            _lookups!.Count = 0;
            await App.Store.FindByKeyAsync(Bucket, key);
            _lookups.Count.Should().BeLessThanOrEqualTo(1);
            _lookups.Count = 0;
            await App.Services.GetRequiredService<UploadReconciler>()
                .DeleteAsync(new(DiscrepancyKind.Orphan, Bucket, "elsewhere/" + key[..Math.Min(key.Length, 1000)], default, 0, default));
            _lookups.Count.Should().BeLessThanOrEqualTo(1);
        }
    }

    [Fact]
    [Attack(
        "signing parts that a profile's largest file does not have, to store many times its size",
        "a file has at most one part for each 5 MiB of the profile's MaxSize: other numbers are refused")]
    public async Task Part_BeyondTheProfilesSize_IsNotSigned()
    {
        var (key, uploadId) = await BegunAsync(Small);
        (await SignPartAsync(Small, key, uploadId, 1)).ShouldBe(200);
        foreach (var number in new[] { 0, -1, 2, 3, 10_000, 10_001, int.MaxValue })
            (await SignPartAsync(Small, key, uploadId, number)).ShouldBe(400);
        (await Small.SendAsync(HttpMethod.Get, $"/s3/multipart/{uploadId}/2?key={key}")).ShouldBe(400)["error"]
            .Should().Contain("1000000 bytes");
        (await Small.SendAsync(HttpMethod.Get, $"/s3/multipart/{uploadId}/batch?key={key}&partNumbers=1,2")).ShouldBe(400);
    }

    [Fact]
    [Attack(
        "sending parts of unsigned length that are larger than the profile's largest file",
        "the application lists the parts before each further signature; if they are too large, it rejects the upload and deletes them")]
    public async Task Parts_LargerThanTheProfile_AreDeletedAndRejected()
    {
        var (key, uploadId) = await BegunAsync(Uppy);
        var first = (await SignPartAsync(Uppy, key, uploadId, 1)).ShouldBe(200);
        (await StorageClient.PutAsync(first["url"]!, [], new byte[13_000_000])).ShouldBe(200);

        (await SignPartAsync(Uppy, key, uploadId, 2)).ShouldBe(400)["error"].Should().Contain("12000000 bytes");

        (await Server.S3.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = Bucket, Prefix = key })).MultipartUploads
            .Should().BeNullOrEmpty();
        var record = (await App.Store.FindByKeyAsync(Bucket, key))!;
        (record.Status, record.Error!.Code).Should().Be((UploadStatus.Rejected, "mismatch"));
        (await SignPartAsync(Uppy, key, uploadId, 1)).ShouldBe(400);
        (await StorageClient.PutAsync(first["url"]!, [], [1])).Code.Should().Be(404, "the URL is of no use any more");
    }

    [Fact]
    [Attack(
        "declaring a size to signRequest and sending parts of another length",
        "where the page declares size and partSize, each part is signed with its exact length")]
    public async Task Part_OfAKnownLength_IsSignedWithIt()
    {
        var created = (await Uppy.SendAsync(
            HttpMethod.Post, "/sign", null,
            JsonContent.Create(new { method = "POST", key = "a.png", size = Piece + 7, partSize = Piece }))).ShouldBe(200);
        var (key, uploadId) = (created["key"]!, await CreatedAsync(created));
        foreach (var (number, right) in new[] { (1, Piece), (2, 7) })
        {
            var url = (await SignPartAsync(Uppy, key, uploadId, number)).ShouldBe(200)["url"]!;
            (await StorageClient.PutAsync(url, [], new byte[right + 1])).ShouldBe(403);
            (await StorageClient.PutAsync(url, [], new byte[right])).ShouldBe(200);
        }

        (await SignPartAsync(Uppy, key, uploadId, 3)).ShouldBe(400);
    }

    [Fact]
    [Attack("the same where the page declares the size alone", "the number and sum of the parts are compared with that size")]
    public async Task Parts_OfAKnownTotal_MustMatchIt()
    {
        var created = (await Uppy.SendAsync(
            HttpMethod.Post, "/sign", null, JsonContent.Create(new { method = "POST", key = "a.png", size = 7 }))).ShouldBe(200);
        var (key, uploadId) = (created["key"]!, await CreatedAsync(created));
        (await SignPartAsync(Uppy, key, uploadId, 2)).ShouldBe(400);
        (await StorageClient.PutAsync((await SignPartAsync(Uppy, key, uploadId, 1)).ShouldBe(200)["url"]!, [], new byte[8])).ShouldBe(200);
        (await SignPartAsync(Uppy, key, uploadId, 1)).ShouldBe(400)["error"].Should().Contain("7 bytes");
        (await App.RecordAsync(key)).Status.Should().Be(UploadStatus.Rejected);
    }

    [Fact]
    [Attack(
        "extending an upload without end by signing its parts, or renewing it, repeatedly",
        "a profile's MaxUploadDuration ends all extension: 7 days after the request by default")]
    public async Task Signing_Repeatedly_EndsWithTheMaxLifetime()
    {
        var (key, uploadId) = await BegunAsync(Small);
        var requested = _clock.GetUtcNow();
        for (var quarter = 0; quarter < 4; quarter++)
        {
            (await SignPartAsync(Small, key, uploadId, 1)).ShouldBe(200);
            (await App.Store.FindByKeyAsync(Bucket, key))!.GrantExpiresAt.Should().BeOnOrBefore(requested.AddHours(1));
            _clock.Advance(TimeSpan.FromMinutes(15));
        }

        (await SignPartAsync(Small, key, uploadId, 1)).ShouldBe(400)["error"].Should().Contain("maximum duration");
    }

    [Fact]
    [Attack(
        "asking for one part 10,000 times in one request of 30 KB, to get 5 MB back",
        "a repeated number, or one that the file does not have, is refused")]
    public async Task PartNumbers_RepeatedOrForeign_AreRefused()
    {
        var grant = await Client.GrantAsync(new() { Profile = "film", ContentType = "video/mp4", FileName = "a.mp4", Size = Piece + 1 });
        foreach (var numbers in new[]
        {
            [.. Enumerable.Repeat(1, 10_000)], new[] { 1, 2, 1 }, [3], [0], [-1], [int.MaxValue], [], [.. Enumerable.Range(1, 10_001)],
        })
            (await Client.SendAsync(HttpMethod.Post, $"/{grant.Id}/parts", grant.WriteToken, JsonContent.Create(
                new { partNumbers = numbers }))).ShouldBeProblem(400, "invalid-request");
        (await Client.SendAsync(HttpMethod.Post, $"/{grant.Id}/parts", grant.WriteToken, JsonContent.Create(new { from = 1, to = 10_000 })))
            .ShouldBeProblem(400, "invalid-request");
        (await Client.SendAsync(HttpMethod.Post, $"/{grant.Id}/parts", grant.WriteToken, JsonContent.Create(
            new { partNumbers = new[] { 2, 1 } }))).ShouldBe(200);

        var (key, uploadId) = await BegunAsync(Uppy);
        (await Uppy.SendAsync(
            HttpMethod.Get, $"/s3/multipart/{uploadId}/batch?key={key}&partNumbers={string.Join(',', Enumerable.Repeat(1, 2000))}"))
                .ShouldBe(400)["error"].Should().Contain("more than once");
        (await Uppy.SendAsync(HttpMethod.Get, $"/s3/multipart/{uploadId}/batch?key={key}&partNumbers=1,2,3")).ShouldBe(200);
    }

    [Fact]
    [Attack(
        "1 MiB of nested XML elements, to occupy the processor",
        "the document is refused at the fourth level, when its first buffer has been read")]
    public async Task Xml_NestedDeeply_IsRefusedAtTheFourthLevel()
    {
        foreach (var start in new[]
        {
            "", "<CompleteMultipartUpload>", "<CompleteMultipartUpload><Part>", "<CompleteMultipartUpload><Part><ETag>",
        })
        {
            using var body = new CountingStream(Encoding.UTF8.GetBytes(start + string.Concat(Enumerable.Repeat("<a>", 350_000))));
            (await CompletedPartsReader.ReadAsync(body, CancellationToken.None)).Fault.Should().NotBeNull();
            body.Read.Should().BeLessThanOrEqualTo(64 * 1024);
        }
    }

    [Theory]
    [InlineData("<CompleteMultipartUpload>{0}</CompleteMultipartUpload>", "<Part><PartNumber>1</PartNumber><ETag>a</ETag></Part>", 2)]
    [InlineData("<CompleteMultipartUpload>{0}</CompleteMultipartUpload>", "<Part/>", 1)]
    [InlineData(
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{0}</ETag></Part></CompleteMultipartUpload>", "<![CDATA[a]]>",
        1000)]
    [InlineData("<CompleteMultipartUpload><Part><PartNumber>{0}</PartNumber><ETag>a</ETag></Part></CompleteMultipartUpload>", "1", 5000)]
    [InlineData("<CompleteMultipartUpload><Part>{0}<ETag>a</ETag></Part></CompleteMultipartUpload>", "<PartNumber>1</PartNumber>", 2)]
    [InlineData("<CompleteMultipartUpload {0}/>", "a{1}=\"\" ", 50)]
    [InlineData("<CompleteMultipartUpload>{0}</CompleteMultipartUpload>", "<Part><PartNumber>{1}</PartNumber><ETag> </ETag></Part>", 1)]
    public async Task Xml_ThatNamesNoParts_IsRefused(string body, string piece, int times)
    {
        var text = body.Replace("{0}", string.Concat(Enumerable.Range(0, times).Select(at => piece.Replace("{1}", at.ToString()))));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        (await CompletedPartsReader.ReadAsync(stream, CancellationToken.None)).Fault.Should().NotBeNull();
    }

    [Fact]
    public async Task Xml_OfTenThousandParts_IsRead()
    {
        foreach (var (count, taken) in new[] { (10_000, true), (10_001, false) })
        {
            var parts = Enumerable.Range(1, count)
                .Select(at => $"<Part>\n<ETag>&quot;{at:x16}&quot;</ETag><PartNumber> {at} </PartNumber></Part>");
            using var stream = new MemoryStream(
                Encoding.UTF8.GetBytes(
                    "<?xml version=\"1.0\"?><CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" +
                    $"{string.Concat(parts)}</CompleteMultipartUpload>"));
            var (sent, fault) = await CompletedPartsReader.ReadAsync(stream, CancellationToken.None);
            (sent?.Count, sent?[7], fault is null).Should().Be(taken ? (10_000, $"\"{7:x16}\"", true) : (null, null, false));
        }
    }

    private static Task<ApiResponse> SignPartAsync(UploadClient client, string key, string uploadId, int partNumber) =>
        client.SendAsync(HttpMethod.Post, "/sign", null, JsonContent.Create(new { method = "PUT", key, uploadId, partNumber }));

    private static async Task<(string Key, string UploadId)> BegunAsync(UploadClient client)
    {
        var begun = (await client.SendAsync(
            HttpMethod.Post, "/s3/multipart", null, JsonContent.Create(new { filename = "a.png", type = "image/png" }))).ShouldBe(200);
        return (begun["key"]!, begun["uploadId"]!);
    }

    private async Task<string> CreatedAsync(ApiResponse signed)
    {
        using var create = new HttpRequestMessage(HttpMethod.Post, signed["url"]) { Content = new StringContent("") };
        create.Headers.Add("Upload-Ticket", signed.Json.GetProperty("headers").GetProperty("Upload-Ticket").GetString());
        create.Content.Headers.ContentType = new("image/png");
        using var created = await App.Http.SendAsync(create);
        return System.Xml.Linq.XDocument.Parse(await created.Content.ReadAsStringAsync()).Root!.Elements()
            .Single(it => it.Name.LocalName == "UploadId").Value;
    }

    private async Task<ApiResponse> EventAsync(object message)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/storage-events")
        {
            Content = new StringContent(JsonSerializer.Serialize(message), Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Authorization", "Bearer " + Secret);
        using var response = await App.Http.SendAsync(request);
        return await ApiResponse.FromAsync(response);
    }

    private sealed class CountingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public new long Read => Position;
    }

    /// <summary>Counts how often a record is looked for.</summary>
    public class LookupCountingStore : DispatchProxy
    {
        private int _count;

        public IUploadRecordStore? Store { get; set; }

        public int Count
        {
            get => _count;
            set => _count = value;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == nameof(IUploadRecordStore.FindAsync))
                Interlocked.Increment(ref _count);
            return targetMethod.Invoke(Store, args);
        }
    }
}
