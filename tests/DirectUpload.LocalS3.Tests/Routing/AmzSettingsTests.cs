using System.Net;
using Amazon.S3.Model;

namespace DirectUpload.LocalS3.Tests.Routing;

/// <summary>Sends every setting of S3 to every operation: each is honored or refused, and none is ignored.</summary>
public class AmzSettingsTests
{
    private const string ObjectSettings =
        "x-amz-acl x-amz-meta-note x-amz-server-side-encryption x-amz-storage-class x-amz-tagging ";

    private const string Checksums = "x-amz-checksum-crc32 x-amz-checksum-crc32c x-amz-checksum-crc64nvme x-amz-checksum-sha1 " +
        "x-amz-checksum-sha256 ";

    private const string CopySource = "x-amz-copy-source x-amz-copy-source-if-match x-amz-copy-source-if-modified-since " +
        "x-amz-copy-source-if-none-match x-amz-copy-source-if-unmodified-since x-amz-source-expected-bucket-owner ";

    private const string Deletion = "x-amz-bypass-governance-retention x-amz-mfa ";

    // An object PUT with x-amz-copy-source is a copy, which has its own settings.
    private static readonly (string Method, string Target, string Honored)[] Operations =
    [
        ("GET", "/", ""),
        ("PUT", "/settings-bucket", Checksums + "x-amz-acl x-amz-bucket-object-lock-enabled"),
        ("HEAD", "/uploads", ""),
        ("DELETE", "/no-bucket", ""),
        ("GET", "/uploads?location", ""),
        ("GET", "/uploads", ""),
        ("GET", "/uploads?list-type=2", ""),
        ("GET", "/uploads?versions", ""),
        ("GET", "/uploads?uploads", ""),
        ("GET", "/uploads?cors", ""),
        ("GET", "/uploads?policy", ""),
        ("GET", "/uploads?versioning", ""),
        ("PUT", "/uploads?cors", Checksums),
        ("PUT", "/uploads?lifecycle", Checksums),
        ("PUT", "/uploads?versioning", Checksums + "x-amz-mfa"),
        ("PUT", "/uploads?notification", Checksums + "x-amz-skip-destination-validation"),
        ("POST", "/uploads?delete", Checksums + Deletion),
        ("PUT", "/uploads/key", ObjectSettings + Checksums + "x-amz-copy-source"),
        ("GET", "/uploads/key", "x-amz-checksum-mode"),
        ("HEAD", "/uploads/key", "x-amz-checksum-mode"),
        ("GET", "/uploads/key?attributes", "x-amz-object-attributes"),
        ("DELETE", "/uploads/key", Deletion),
        ("POST", "/uploads/key?uploads", ObjectSettings + "x-amz-checksum-algorithm x-amz-checksum-type"),
        ("PUT", "/uploads/key?partNumber=1&uploadId=none", Checksums + "x-amz-copy-source"),
        ("POST", "/uploads/key?uploadId=none", Checksums + "x-amz-checksum-type x-amz-mp-object-size"),
        ("GET", "/uploads/key?uploadId=none", ""),
        ("DELETE", "/uploads/key?uploadId=none", ""),
        ("PUT", "/uploads/key?tagging", Checksums),
        ("GET", "/uploads/key?tagging", ""),
        ("DELETE", "/uploads/key?tagging", ""),
        ("PUT", "/uploads/key?acl", Checksums + "x-amz-acl"),
        ("GET", "/uploads/key?acl", ""),
    ];

    // The request headers on the pages of S3's operations.
    private static readonly string[] Settings =
    [
        .. (ObjectSettings + Checksums + CopySource + Deletion).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        "x-amz-bucket-object-lock-enabled", "x-amz-checksum-algorithm", "x-amz-checksum-mode", "x-amz-checksum-type",
        "x-amz-copy-source-range", "x-amz-copy-source-server-side-encryption-customer-key", "x-amz-grant-full-control",
        "x-amz-grant-read", "x-amz-grant-read-acp", "x-amz-grant-write", "x-amz-grant-write-acp", "x-amz-if-match-initiated-time",
        "x-amz-if-match-last-modified-time", "x-amz-if-match-size", "x-amz-max-parts", "x-amz-metadata-directive", "x-amz-mp-object-size",
        "x-amz-object-attributes", "x-amz-object-lock-legal-hold", "x-amz-object-lock-mode", "x-amz-object-lock-retain-until-date",
        "x-amz-object-ownership", "x-amz-optional-object-attributes", "x-amz-part-number-marker",
        "x-amz-server-side-encryption-aws-kms-key-id", "x-amz-server-side-encryption-bucket-key-enabled",
        "x-amz-server-side-encryption-context", "x-amz-server-side-encryption-customer-algorithm",
        "x-amz-server-side-encryption-customer-key", "x-amz-server-side-encryption-customer-key-md5",
        "x-amz-skip-destination-validation", "x-amz-tagging-directive", "x-amz-transition-default-minimum-object-size",
        "x-amz-website-redirect-location", "x-amz-write-offset-bytes",
    ];

    [Fact]
    public async Task Every_operation_honors_or_refuses_every_setting()
    {
        await using var server = await LocalS3TestServer.StartAsync();
        var wrong = new List<string>();
        foreach (var (method, target, honored) in Operations)
        {
            var taken = honored.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            foreach (var setting in Settings)
            {
                if (taken.Contains(setting))
                    continue;
                var status = await SendAsync(server, method, target, setting, "1");
                if (status != HttpStatusCode.NotImplemented)
                    wrong.Add($"{method} {target} with {setting}: {(int)status}");
            }
            foreach (var setting in taken.Append("x-amz-unknown"))
                if (await SendAsync(server, method, target, setting, GetHonoredValue(setting)) == HttpStatusCode.NotImplemented)
                    wrong.Add($"{method} {target} with {setting}: 501");
        }
        wrong.Should().BeEmpty();
    }

    [Theory]
    [InlineData("000000000000", HttpStatusCode.OK)]
    [InlineData("111122223333", HttpStatusCode.Forbidden)]
    [InlineData("owner", HttpStatusCode.BadRequest)]
    public async Task The_expected_bucket_owner_is_checked(string owner, HttpStatusCode expected)
    {
        await using var server = await LocalS3TestServer.StartAsync();
        (await SendAsync(server, "GET", "/uploads", "x-amz-expected-bucket-owner", owner)).Should().Be(expected);
    }

    [Theory]
    [InlineData("GLACIER", HttpStatusCode.Forbidden)]
    [InlineData("DEEP_ARCHIVE", HttpStatusCode.Forbidden)]
    [InlineData("GLACIER_IR", HttpStatusCode.OK)]
    public async Task An_archived_object_cannot_be_read(string storageClass, HttpStatusCode expected)
    {
        await using var server = await LocalS3TestServer.StartAsync();
        (await SendAsync(server, "PUT", "/uploads/key", "x-amz-storage-class", storageClass)).Should().Be(HttpStatusCode.OK);

        (await SendAsync(server, "GET", "/uploads/key", "x-amz-unknown", "1")).Should().Be(expected);
        (await SendAsync(server, "HEAD", "/uploads/key", "x-amz-unknown", "1")).Should().Be(HttpStatusCode.OK);
        (await SendAsync(server, "PUT", "/uploads/copy", "x-amz-copy-source", "uploads/key")).Should().Be(expected);
    }

    [Fact]
    public async Task Buckets_are_listed_in_pages()
    {
        await using var server = await LocalS3TestServer.StartAsync(configure: options => options.Buckets = ["aaa", "bbb", "bbc", "bbd"]);
        var names = new List<string>();
        string? token = null;
        do
        {
            var page = await server.S3.ListBucketsAsync(
                new ListBucketsRequest { MaxBuckets = 2, Prefix = "bb", ContinuationToken = token });
            page.Buckets.Should().HaveCountLessThanOrEqualTo(2);
            names.AddRange(page.Buckets.Select(bucket => bucket.BucketName));
            token = page.ContinuationToken;
        }
        while (token is not null);
        names.Should().Equal("bbb", "bbc", "bbd");
    }

    private static string GetHonoredValue(string setting) => setting switch
    {
        "x-amz-acl" => "private",
        "x-amz-bucket-object-lock-enabled" => "false",
        "x-amz-server-side-encryption" => "AES256",
        "x-amz-storage-class" => "STANDARD",
        "x-amz-tagging" => "a=1",
        _ => "1",
    };

    private static async Task<HttpStatusCode> SendAsync(
        LocalS3TestServer server, string method, string target, string setting, string value)
    {
        using var request = SignedRequest.Create(server.Endpoint, method, target, setting, value);
        using var response = await server.Http.SendAsync(request);
        return response.StatusCode;
    }
}
