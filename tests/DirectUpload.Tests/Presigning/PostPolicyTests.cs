using System.Globalization;
using Amazon.Runtime;
using CsCheck;
using DirectUpload.Presigning;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Presigning;

/// <summary>What a form says, against the rules of facts/s3.md §2.</summary>
public sealed class PostPolicyTests
{
    private const string Checksum = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    private static readonly PostPolicyRequest AllOptions = new()
    {
        Key = "user/é \"quoted\" \\ 1.png",
        MinLength = 1,
        MaxLength = 1000,
        ContentType = "image/png",
        ChecksumSha256 = Checksum,
        SuccessStatus = 201,
        Settings = new ObjectSettings
        {
            Acl = "private",
            CacheControl = "no-store",
            ContentDisposition = "attachment; filename=\"a.png\"",
            ContentEncoding = "gzip",
            ServerSideEncryption = "aws:kms",
            KmsKeyId = "key-1",
            Metadata = { ["Uuid"] = "14365123651274", ["tag"] = "text, or <xml>" },
            Tags = { ["kind"] = "a + b" },
        },
    };

    [Fact]
    public async Task Post_EveryField_HasExactlyOneCondition()
    {
        var form = await new TestIssuer { ClientCredentials = new SessionAWSCredentials("AK", "SK", "session") }.PostAsync(AllOptions);

        foreach (var field in form.FieldsWithCondition)
            form.CountConditions(field).Should().Be(1, $"of {field}");
        form.Exact.Concat(form.StartsWith).Select(condition => condition.Key).Should().BeSubsetOf(form.Fields.Keys);
        form.Exact.Should().OnlyContain(condition => form.Fields[condition.Key] == condition.Value);
        form.StartsWith.Should().BeEmpty("nothing was left open");
    }

    [Fact]
    public async Task Post_AllOptions_AreInTheForm()
    {
        var form = await new TestIssuer().PostAsync(AllOptions);

        form.Fields.Should().Contain(new Dictionary<string, string>
        {
            ["bucket"] = "examplebucket",
            ["key"] = "user/é \"quoted\" \\ 1.png",
            ["Content-Type"] = "image/png",
            ["acl"] = "private",
            ["Cache-Control"] = "no-store",
            ["Content-Disposition"] = "attachment; filename=\"a.png\"",
            ["Content-Encoding"] = "gzip",
            ["x-amz-server-side-encryption"] = "aws:kms",
            ["x-amz-server-side-encryption-aws-kms-key-id"] = "key-1",
            ["x-amz-meta-uuid"] = "14365123651274",
            ["x-amz-meta-tag"] = "text, or <xml>",
            ["tagging"] = "<Tagging><TagSet><Tag><Key>kind</Key><Value>a + b</Value></Tag></TagSet></Tagging>",
            ["x-amz-checksum-algorithm"] = "SHA256",
            ["x-amz-checksum-sha256"] = Checksum,
            ["success_action_status"] = "201",
        });
        form.Lengths.Should().Equal((1, 1000));
    }

    [Fact]
    public async Task Post_Expiration_IsUtcWithZ()
    {
        var form = await new TestIssuer()
            .PostAsync(new PostPolicyRequest { Key = "a", MaxLength = 1, Lifetime = TimeSpan.FromMinutes(10) });

        form.Expiration.Should().Be("2026-03-01T12:40:45.000Z");
        form.Post.ExpiresAt.Should().Be(TestIssuer.Start.AddMinutes(10));
    }

    [Fact]
    public async Task Post_ClockWithOffset_IsTheSame()
    {
        var abroad = new TestIssuer { Clock = new(TestIssuer.Start.ToOffset(TimeSpan.FromHours(13))) };

        (await abroad.PostAsync()).Post.Should().BeEquivalentTo((await new TestIssuer().PostAsync()).Post);
    }

    [Fact]
    public async Task Post_AlgorithmCredentialAndDate_AreFields()
    {
        var form = await new TestIssuer().PostAsync();

        form.Fields.Should().Contain("x-amz-algorithm", "AWS4-HMAC-SHA256")
            .And.Contain("x-amz-credential", "AKIAIOSFODNN7EXAMPLE/20260301/eu-west-1/s3/aws4_request", "without a trailing slash")
            .And.Contain("x-amz-date", "20260301T123045Z");
    }

    [Fact]
    public async Task Post_SessionToken_IsAFieldWithCondition()
    {
        var form = await new TestIssuer { ClientCredentials = new SessionAWSCredentials("AK", "SK", "TOKEN/with+chars==") }.PostAsync();

        form.Fields["x-amz-security-token"].Should().Be("TOKEN/with+chars==");
        form.Exact.Should().Contain(AwsExample.Pair("x-amz-security-token", "TOKEN/with+chars=="));
    }

    [Fact]
    public async Task Post_NoSessionToken_HasNoTokenField() =>
        (await new TestIssuer().PostAsync()).Fields.Should().NotContainKey("x-amz-security-token");

    [Fact]
    public async Task Post_KeyPrefix_LeavesNameToClient()
    {
        var form = await new TestIssuer().PostAsync(new PostPolicyRequest { KeyPrefix = "user/ada/", MaxLength = 10 });

        form.StartsWith.Should().BeEquivalentTo([AwsExample.Pair("key", "user/ada/")]);
        form.Fields["key"].Should().Be("user/ada/${filename}");
    }

    [Fact]
    public async Task Post_ContentTypePrefix_LeavesRestToClient()
    {
        var form = await new TestIssuer().PostAsync(new PostPolicyRequest { Key = "a", MaxLength = 10, ContentTypePrefix = "image/" });

        form.StartsWith.Should().BeEquivalentTo([AwsExample.Pair("Content-Type", "image/")]);
        form.Fields["Content-Type"].Should().Be("image/");
    }

    [Fact]
    public async Task Post_NoContentType_HasNoTypeField() =>
        (await new TestIssuer().PostAsync()).Fields.Should().NotContainKey("Content-Type");

    [Fact]
    public async Task Post_SuccessRedirect_ReplacesStatus()
    {
        var form = await new TestIssuer()
            .PostAsync(new PostPolicyRequest { Key = "a", MaxLength = 1, SuccessRedirect = "https://app.example/done?x=1" });

        form.Fields["success_action_redirect"].Should().Be("https://app.example/done?x=1");
        form.Fields.Should().NotContainKey("success_action_status");
    }

    [Fact]
    public async Task Post_PolicyAndSignature_AreTheLastFields() =>
        (await new TestIssuer().PostAsync(AllOptions)).Fields.Keys.TakeLast(2).Should().Equal("policy", "x-amz-signature");

    [Fact]
    public async Task Post_Url_EndsWithASlash() =>
        (await new TestIssuer().PostAsync()).Post.Url.Should().Be("https://examplebucket.s3.eu-west-1.amazonaws.com/");

    [Fact]
    public async Task Post_Signature_CoversTheBase64Policy()
    {
        var form = await new TestIssuer().PostAsync();

        form.Fields["x-amz-signature"].Should().Be(AwsExample.SignPolicy(
            form.Fields["policy"], new SigningTarget("examplebucket", "eu-west-1", new Uri(form.Post.Url)), TestIssuer.Start));
    }

    [Fact]
    public async Task Post_LongSessionToken_StaysBelowFormLimit()
    {
        // MaxPostPreDataLengthExceeded: 20,480 bytes; the token counts twice, and the second time in base64.
        var form = await new TestIssuer { ClientCredentials = new SessionAWSCredentials("AK", "SK", new string('x', 4096)) }
            .PostAsync(AllOptions);

        form.Fields.Sum(field => field.Key.Length + field.Value.Length + 120).Should().BeLessThan(20_480);
    }

    [Fact]
    public void Post_AnyTextInAValue_RoundTrips() => Gen.String.Sample(
        text =>
        {
            var wellFormed = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes("a" + text)).Replace("\0", "")
                .Replace("$", "").Replace("/", "");
            var form = ParsedPostForm.Parse(TestIssuer.CreateDefault().PresignPostAsync(new PostPolicyRequest
            {
                Key = wellFormed,
                MaxLength = 1,
            }).AsTask().GetAwaiter().GetResult());

            form.Fields["key"].Should().Be(wellFormed);
            form.Exact.Should().Contain(AwsExample.Pair("key", wellFormed));
        },
        iter: SampleCount.Scale(500));

    [Fact]
    public async Task Post_CultureWithDotsInTimes_SameExpiration()
    {
        var finnish = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        finnish.DateTimeFormat.TimeSeparator = ".";

        var form = await RunInCultureAsync(finnish, () => new TestIssuer().PostAsync());

        form.Expiration.Should().Be("2026-03-01T12:45:45.000Z");
    }

    [Fact]
    public async Task Post_CultureWithOtherCalendar_SameCredential()
    {
        var thai = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        CalendarOverride.Set(thai.DateTimeFormat, new ThaiBuddhistCalendar());

        var form = await RunInCultureAsync(thai, () => new TestIssuer().PostAsync());

        form.Fields["x-amz-credential"].Should().Be("AKIAIOSFODNN7EXAMPLE/20260301/eu-west-1/s3/aws4_request");
        form.Expiration.Should().StartWith("2026-");
    }

    private static async Task<T> RunInCultureAsync<T>(CultureInfo culture, Func<Task<T>> act)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            return await act();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
