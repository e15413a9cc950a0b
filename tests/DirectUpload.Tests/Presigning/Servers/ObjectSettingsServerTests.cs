using System.Net;
using CsCheck;
using DirectUpload.Presigning;
using DirectUpload.Presigning.Checks;
using DirectUpload.TestKit;

namespace DirectUpload.Tests.Presigning.Servers;

/// <summary>Whatever the checks let pass, a real server accepts: as a PUT, as a form, and as a multipart upload.</summary>
public abstract class ObjectSettingsServerTests<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : S3ServerFixture
{
    private const string Text = "hello, world";

    private static readonly Gen<string> Value = Gen.OneOf(
        Gen.String[Gen.Char[' ', '~'], 1, 40],
        Gen.OneOf(
            "attachment; filename=\"a'b.txt\"; filename*=UTF-8''%E2%82%AC.txt", "no-store", "a$b", "${filename", "\\u0041", "a\\b\"c",
            "<&>", "a,b;c=d", "%00", "$", "é", "a\u007f", "a\nb", "  "),
        Gen.String[Gen.Char['"', '"'], 1, 300]);

    private static readonly Gen<string> TagText = Gen.OneOf(
        Gen.String[Gen.Char["abcXYZ019+-=._:/@ "], 0, 20],
        Gen.OneOf("", "=", "a=b", "+", " a ", "a  b", "aws", "é", "字", "²", "&", "<", "%26"), Gen.String[Gen.Char['a', 'b'], 100, 260]);

    /// <summary>What the server lacks, and is no fault of a setting.</summary>
    protected virtual Gen<(string? Encryption, string? Key)> Encryption { get; } = Gen.OneOf(
        ((string?)null, (string?)null), ("AES256", null));

    protected virtual string[] Acls { get; } =
        [
            "private", "public-read", "authenticated-read", "bucket-owner-read", "bucket-owner-full-control", "public-read-write",
            "aws-exec-read", "log-delivery-write",
        ];

    protected virtual bool CountsTagsInBytes => false;

    private Gen<ObjectSettings> Settings =>
        from acl in OrNull(Gen.OneOf(Acls))
        from cacheControl in OrNull(Value)
        from disposition in OrNull(Value)
        from encoding in OrNull(Value)
        from encryption in Encryption
        from metadata in Gen.Select(Gen.String[Gen.Char["abcXYZ019-_"], 1, 12], Value).Array[0, 4]
        from tags in Gen.Select(TagText, TagText).Array[0, 11]
        select new ObjectSettings
        {
            Acl = acl,
            CacheControl = cacheControl,
            ContentDisposition = disposition,
            ContentEncoding = encoding,
            ServerSideEncryption = encryption.Encryption,
            KmsKeyId = encryption.Key,
            Metadata = metadata.DistinctBy(item => item.Item1).ToDictionary(item => item.Item1, item => item.Item2),
            Tags = tags.DistinctBy(item => item.Item1).ToDictionary(item => item.Item1, item => item.Item2),
        };

    private PresignedUploadIssuer Issuer =>
        new TestIssuer { Clock = new(DateTimeOffset.UtcNow), Bucket = server.Bucket }.BuildFor(server.S3);

    private Gen<ObjectSettings> Accepted
    {
        get
        {
            // Without the server the test is skipped here; inside of a sample it would fail.
            _ = server.Bucket;
            return Settings.Where(
                settings => !ObjectSettingsCheck.FindErrors(settings).Any() && !(CountsTagsInBytes && HasLongTag(settings)));
        }
    }

    [Fact]
    public async Task Put_ValidatedSettings_AreAccepted() => await Accepted.SampleAsync(
        async settings =>
        {
            var put = await Issuer.PresignAsync(new PutUrlRequest { Key = $"put/{Guid.NewGuid():N}", Settings = settings });
            var answer = await server.SendPutAsync(put, Text);
            answer.StatusCode.Should().Be(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        },
        iter: 60, threads: 1, print: Describe);

    [Fact]
    public async Task Post_ValidatedSettings_AreAccepted() => await Accepted.SampleAsync(
        async settings =>
        {
            var request = new PostPolicyRequest { Key = $"post/{Guid.NewGuid():N}", MaxLength = 100, Settings = settings };
            try
            {
                PostPolicy.Validate(request);
            }
            catch (ArgumentException refused) when (refused.Message.Contains("${filename}", StringComparison.Ordinal))
            {
                return;
            }

            var post = await Issuer.PresignPostAsync(request);
            var answer = await server.SendPostAsync(post.Url, post.Fields, Text);
            answer.StatusCode.Should().Be(HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());
        },
        iter: 60, threads: 1, print: Describe);

    [Fact]
    public async Task CreateMultipart_ValidatedSettings_AreAccepted() => await Accepted.SampleAsync(
        async settings =>
        {
            var create = await Issuer.PresignAsync(MultipartUrlRequest.Create($"parts/{Guid.NewGuid():N}", settings: settings));
            var answer = await server.SendPutAsync(create, string.Empty, "POST");
            answer.StatusCode.Should().Be(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        },
        iter: 60, threads: 1, print: Describe);

    [Fact]
    public async Task Get_ValidatedOverrides_AreAccepted()
    {
        (await server.SendPutAsync(await Issuer.PresignAsync(new PutUrlRequest { Key = "get.txt" }), Text)).EnsureSuccessStatusCode();
        await Value.Where(value =>
            HeaderText.FindResponseHeaderError("value", value) is null && value.Trim() == value && value.All(char.IsAscii)).SampleAsync(
            async value =>
            {
                var get = await Issuer.PresignAsync(
                    new GetUrlRequest { Key = "get.txt", ResponseContentDisposition = value, ResponseCacheControl = "no-store" });
                var answer = await server.SendGetAsync(get.Url);
                answer.StatusCode.Should().Be(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
            },
            iter: 60, threads: 1);
    }

    [Fact]
    public async Task Settings_AtTheirLimits_AreAccepted()
    {
        var settings = new ObjectSettings
        {
            Metadata = { ["name"] = new string('a', 2044) },
            Tags = Enumerable.Range(0, 10).ToDictionary(n => $"{n}" + new string('k', 127), n => new string('v', 256)),
        };
        var put = await server.SendPutAsync(await Issuer.PresignAsync(new PutUrlRequest { Key = "limits.txt", Settings = settings }), Text);
        put.StatusCode.Should().Be(HttpStatusCode.OK, await put.Content.ReadAsStringAsync());
        var post = await Issuer.PresignPostAsync(new PostPolicyRequest { Key = "limits.txt", MaxLength = 100, Settings = settings });
        (await server.SendPostAsync(post.Url, post.Fields, Text)).StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    private static bool HasLongTag(ObjectSettings settings) =>
        settings.Tags.Any(
            tag => System.Text.Encoding.UTF8.GetByteCount(tag.Key) > 128 || System.Text.Encoding.UTF8.GetByteCount(tag.Value) > 256);

    private static string Describe(ObjectSettings settings) => System.Text.Json.JsonSerializer.Serialize(settings);

    private static Gen<string?> OrNull(Gen<string> gen) => Gen.OneOf(Gen.Const(default(string?)), gen.Select(text => (string?)text));
}

/// <summary>LocalS3 knows no KMS: it answers 501 rather than pretending.</summary>
public sealed class LocalS3ObjectSettingsServerTests(LocalS3Fixture server) : ObjectSettingsServerTests<LocalS3Fixture>(server);

/// <summary>Ceph RGW 16 counts the length of tags in bytes, and knows the one test key and no EC2.</summary>
public sealed class RgwObjectSettingsServerTests(RgwFixture server) : ObjectSettingsServerTests<RgwFixture>(server)
{
    protected override string[] Acls => [.. base.Acls.Where(acl => acl != "aws-exec-read")];

    protected override bool CountsTagsInBytes => true;

    protected override Gen<(string? Encryption, string? Key)> Encryption { get; } = Gen.OneOf(
        ((string?)null, (string?)null), ("aws:kms", "testkey-1"));
}
