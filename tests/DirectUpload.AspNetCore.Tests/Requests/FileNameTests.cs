namespace DirectUpload.AspNetCore.Tests.Requests;

/// <summary>Names that no honest file has. What of the others becomes of keys and headers is in Flow/FinishedObjects.</summary>
public sealed class FileNameTests(UploadAppFixture host) : IClassFixture<UploadAppFixture>
{
    public static TheoryData<string> Refused =>
    [
        "../../etc/passwd", "..\\..\\boot.ini", "/etc/passwd", "C:\\a.png", ".", "..", " ", "\t", "a\0.png", "a\r\nx-amz-acl: public-read",
        "a\n.png", "a\u007f.png",
        "a\u0085.png", "a\u2028.png", "gnp.\u202Eexe", "a\u2066b.png", new string('a', 256), new string('a', 5000),
    ];

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task FileName_Hostile_IsRefusedAndNotEchoed(string name)
    {
        var answer = await host.Client.RequestAsync(TestUploadRequest.Picture with { FileName = name });
        var detail = answer.ShouldBeProblem(400, "invalid-request")["detail"]!;
        detail.Should().Contain("file name").And.NotContainAny("\0", "\r", "\n", "\u202E", "\u2066", "\u2028");
        detail.Length.Should().BeLessThan(250);
    }

    [Fact]
    public async Task FileName_OfMaxLength_IsAccepted() =>
        (await host.Client.RequestAsync(TestUploadRequest.Picture with { FileName = new string('a', 255) })).ShouldBe(201);

    [Theory]
    [InlineData("picture")]
    [InlineData("form")]
    [InlineData("in-place")]
    public async Task FileName_Unusual_IsEscapedInUrlHeadersFieldsAndPolicy(string profile)
    {
        const string name = "\"; x=\"y' ${filename} %0d%0a <b> 写真 👩 שלום,{\"a\":1}.png";
        var grant = await host.Client.GrantAsync(TestUploadRequest.Picture with { Profile = profile, FileName = name });

        grant.Url.Should().MatchRegex("^[!-~]+$").And.NotContainAny("\"", "<", "{");
        var sent = profile == "form" ? grant.Fields : grant.Headers;
        sent.Values.Should().OnlyContain(value => value.All(c => c >= ' ' && c <= '~'));
        if (sent.TryGetValue("content-disposition", out var disposition))
            System.Net.Http.Headers.ContentDispositionHeaderValue.Parse(disposition).FileNameStar.Should().Be(name);
        if (profile != "form")
            return;
        sent["key"].Should().MatchRegex("^staging/form/[0-9a-f]{32}\\.png$");
        var policy = System.Text.Json.JsonDocument.Parse(Convert.FromBase64String(sent["policy"])).RootElement;
        policy.ToString().Should().NotContain("filename").And.NotContain("写真");
    }
}
