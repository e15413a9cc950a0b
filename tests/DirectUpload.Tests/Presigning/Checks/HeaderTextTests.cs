using DirectUpload.Presigning;

namespace DirectUpload.Tests.Presigning.Checks;

public sealed class HeaderTextTests
{
    public static TheoryData<GetUrlRequest, string> Refused => new()
    {
        { new() { Key = "a", ResponseContentDisposition = "attachment; filename=\"写.txt\"" },
            "ResponseContentDisposition is*U+5199; S3 sends response headers in ISO-8859-1*filename[*]." },
        { new() { Key = "a", ResponseContentDisposition = "a\r\nb" },
            "ResponseContentDisposition is \"a??b\", which holds the character U+000D;*" },
        { new() { Key = "a", ResponseContentType = "text/plain\0" },
            "ResponseContentType is \"text/plain?\", which holds the character U+0000;*" },
        { new() { Key = "a", ResponseContentType = "" }, "ResponseContentType is empty;*" },
        { new() { Key = "a", ResponseCacheControl = "no\u0085store" }, "ResponseCacheControl is*U+0085;*" },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task Get_InvalidResponseOverride_Throws(GetUrlRequest request, string message) =>
        (await TestIssuer.CreateDefault().Awaiting(it => it.PresignAsync(request).AsTask()).Should().ThrowAsync<ArgumentException>())
            .WithMessage(message.Replace("[*]", "*"));

    [Fact]
    public async Task Get_DoubleSpaceInFileName_IsSigned() =>
        (await TestIssuer.CreateDefault().PresignAsync(new GetUrlRequest
        {
            Key = "a",
            ResponseContentDisposition = "attachment; filename=\"a  b.txt\"",
        })).Url.Should().Contain("a%20%20b.txt");
}
