using DirectUpload.Signing;
using DirectUpload.Uploads;

namespace DirectUpload.Tests.Signing.Checks;

public sealed class PostFormCheckTests
{
    private static readonly PostPolicyRequest Good = new() { Key = "a.txt", MaxLength = 10 };

    public static TheoryData<PostPolicyRequest, string> Replaced => new()
    {
        { Good with { ContentType = "text/${filename}" }, "ContentType is \"text/${filename}\"; S3 replaces ${filename} in it*" },
        { Good with { ContentTypePrefix = "${filename}" }, "ContentTypePrefix is*" },
        { Good with { SuccessRedirect = "https://example.com/?f=${filename}" }, "SuccessRedirect is*" },
        { Good with { Settings = new() { CacheControl = "${filename}" } }, "Settings.CacheControl is*" },
        { Good with { Settings = new() { ContentDisposition = "attachment; filename=\"${filename}\"" } }, "Settings.ContentDisposition is*" },
        { Good with { Settings = new() { ContentEncoding = "${FileName}" } }, "Settings.ContentEncoding is*" },
        { Good with { Settings = new() { ServerSideEncryption = "aws:kms", KmsKeyId = "${filename}" } }, "Settings.KmsKeyId is*" },
        { Good with { Settings = new() { Metadata = { ["name"] = "${filename}" } } }, "Settings.Metadata[\"name\"] is*Only KeyPrefix takes the file's own name." },
    };

    [Theory]
    [MemberData(nameof(Replaced), DisableDiscoveryEnumeration = true)]
    public async Task Post_FileNameVariableInAValue_Throws(PostPolicyRequest request, string message) => await RefusedAsync(request, message);

    [Theory]
    [InlineData("text/plain\n", "ContentType is \"text/plain?\", which holds the character U+000A;*")]
    [InlineData("text/плоский", "ContentType is*U+043F;*")]
    [InlineData("text/plain;  a=b", "ContentType is*two in a row*")]
    [InlineData("", "ContentType is empty;*")]
    public async Task Post_ContentTypeNoHeader_Throws(string type, string message) => await RefusedAsync(Good with { ContentType = type }, message);

    [Theory]
    [InlineData("/done")]
    [InlineData("ftp://example.com/")]
    [InlineData("https://example.com/ä")]
    [InlineData("https://example.com/\r\nx: y")]
    public async Task Post_RedirectNoAddress_Throws(string redirect) => await RefusedAsync(Good with { SuccessRedirect = redirect }, "SuccessRedirect is*");

    [Fact]
    public async Task Post_PrefixWithoutRoomForAName_Throws()
    {
        await RefusedAsync(new() { KeyPrefix = new string('a', 1024), MaxLength = 1 }, "KeyPrefix has 1024 bytes; keys have at most 1024, so none are left*");
        (await TestIssuer.Simple().PresignPostAsync(new() { KeyPrefix = new string('a', 1023), MaxLength = 1 })).Fields["key"].Should().EndWith("a${filename}");
    }

    [Fact]
    public async Task Post_LongerThan20480Bytes_Throws() =>
        await RefusedAsync(Good with { Settings = Large(256) }, "The form has * bytes before its file; S3 takes at most 20480. Shorten Metadata, Tags or other settings, or use a presigned PUT.");

    [Fact]
    public async Task Post_LongSessionToken_CountsToo()
    {
        var issuer = new TestIssuer { ClientCredentials = new Amazon.Runtime.SessionAWSCredentials("AKIA", "secret", new string('t', 10_000)) }.Build();

        (await issuer.Awaiting(it => it.PresignPostAsync(Good).AsTask()).Should().ThrowAsync<ArgumentException>()).WithMessage("The form has * bytes*");
    }

    // Beyond US-ASCII, a tag takes more room in a policy than in a header.
    internal static ObjectSettings Large(int values) => new()
    {
        Metadata = { ["note"] = new string('"', 2000) },
        Tags = Enumerable.Range(1, 10).ToDictionary(n => $"{n}" + new string('k', 120), n => new string('v', values)),
    };

    private static async Task RefusedAsync(PostPolicyRequest request, string message) =>
        (await TestIssuer.Simple().Awaiting(it => it.PresignPostAsync(request).AsTask()).Should().ThrowAsync<ArgumentException>()).WithMessage(message);
}
