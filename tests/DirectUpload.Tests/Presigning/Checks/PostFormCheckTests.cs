using DirectUpload.Presigning;

namespace DirectUpload.Tests.Presigning.Checks;

public sealed class PostFormCheckTests
{
    private static readonly PostPolicyRequest Valid = new() { Key = "a.txt", MaxLength = 10 };

    public static TheoryData<PostPolicyRequest, string> ReplacedByFileName => new()
    {
        { Valid with { ContentType = "text/${filename}" }, "ContentType is \"text/${filename}\"; S3 replaces ${filename} in it*" },
        { Valid with { ContentTypePrefix = "${filename}" }, "ContentTypePrefix is*" },
        { Valid with { SuccessRedirect = "https://example.com/?f=${filename}" }, "SuccessRedirect is*" },
        { Valid with { Settings = new() { CacheControl = "${filename}" } }, "Settings.CacheControl is*" },
        { Valid with { Settings = new() { ContentDisposition = "attachment; filename=\"${filename}\"" } },
            "Settings.ContentDisposition is*" },
        { Valid with { Settings = new() { ContentEncoding = "${FileName}" } }, "Settings.ContentEncoding is*" },
        { Valid with { Settings = new() { ServerSideEncryption = "aws:kms", KmsKeyId = "${filename}" } }, "Settings.KmsKeyId is*" },
        { Valid with { Settings = new() { Metadata = { ["name"] = "${filename}" } } },
            "Settings.Metadata[\"name\"] is*Only KeyPrefix takes the file's own name." },
    };

    [Theory]
    [MemberData(nameof(ReplacedByFileName), DisableDiscoveryEnumeration = true)]
    public async Task Post_FileNameVariableInAValue_Throws(PostPolicyRequest request, string message) =>
        await ShouldThrowAsync(request, message);

    [Theory]
    [InlineData("text/plain\n", "ContentType is \"text/plain?\", which holds the character U+000A;*")]
    [InlineData("text/плоский", "ContentType is*U+043F;*")]
    [InlineData("text/plain;  a=b", "ContentType is*two in a row*")]
    [InlineData("", "ContentType is empty;*")]
    public async Task Post_InvalidContentType_Throws(string type, string message) =>
        await ShouldThrowAsync(Valid with { ContentType = type }, message);

    [Theory]
    [InlineData("/done")]
    [InlineData("ftp://example.com/")]
    [InlineData("https://example.com/ä")]
    [InlineData("https://example.com/\r\nx: y")]
    public async Task Post_InvalidSuccessRedirect_Throws(string redirect) =>
        await ShouldThrowAsync(Valid with { SuccessRedirect = redirect }, "SuccessRedirect is*");

    [Fact]
    public async Task Post_PrefixWithoutRoomForAName_Throws()
    {
        await ShouldThrowAsync(
            new() { KeyPrefix = new string('a', 1024), MaxLength = 1 },
            "KeyPrefix has 1024 bytes; keys have at most 1024, so none are left*");
        (await TestIssuer.CreateDefault().PresignPostAsync(new() { KeyPrefix = new string('a', 1023), MaxLength = 1 })).Fields["key"]
            .Should().EndWith("a${filename}");
    }

    [Fact]
    public async Task Post_LongerThan20480Bytes_Throws() =>
        await ShouldThrowAsync(
            Valid with { Settings = CreateLargeSettings(256) },
            "The form has * bytes before its file; S3 takes at most 20480. Shorten Metadata, Tags or other settings, or use a " +
            "presigned PUT.");

    [Fact]
    public async Task Post_LongSessionToken_CountsTowardTheLimit()
    {
        var issuer = new TestIssuer
        {
            ClientCredentials = new Amazon.Runtime.SessionAWSCredentials("AKIA", "secret", new string('t', 10_000)),
        }.Build();

        (await issuer.Awaiting(it => it.PresignPostAsync(Valid).AsTask()).Should().ThrowAsync<ArgumentException>())
            .WithMessage("The form has * bytes*");
    }

    // Beyond US-ASCII, a tag takes more room in a policy than in a header.
    internal static ObjectSettings CreateLargeSettings(int values) => new()
    {
        Metadata = { ["note"] = new string('"', 2000) },
        Tags = Enumerable.Range(1, 10).ToDictionary(n => $"{n}" + new string('k', 120), n => new string('v', values)),
    };

    private static async Task ShouldThrowAsync(PostPolicyRequest request, string message) =>
        (await TestIssuer.CreateDefault().Awaiting(it => it.PresignPostAsync(request).AsTask()).Should().ThrowAsync<ArgumentException>())
            .WithMessage(message);
}
