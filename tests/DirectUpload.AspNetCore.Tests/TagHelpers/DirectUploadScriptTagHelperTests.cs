using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace DirectUpload.AspNetCore.Tests.TagHelpers;

public sealed class DirectUploadScriptTagHelperTests
{
    private const string Asset = "_content/DirectUpload.AspNetCore/direct-upload.js";

    [Theory]
    [InlineData("")]
    [InlineData("/app")]
    public async Task Address_HasTheFingerprintOfTheHost(string pathBase)
    {
        await using var app = await UploadApp.StartAsync();
        var page = new TagHelperPage(app);
        page.Http.Request.PathBase = pathBase;
        var fingerprinted = new ResourceAsset(
            "_content/DirectUpload.AspNetCore/direct-upload.abc123.js", [new ResourceAssetProperty("label", Asset)]);
        page.Http.SetEndpoint(new(null, new([(object)new ResourceAssetCollection([fingerprinted])]), null));

        page.RenderScript().Should().Be(
            $"<script type=\"module\" src=\"{pathBase}/_content/DirectUpload.AspNetCore/direct-upload.abc123.js\"></script>");
    }

    [Fact]
    public async Task Address_WithoutFingerprints_HasTheVersionOfTheFile()
    {
        var versions = Substitute.For<IFileVersionProvider>();
        versions.AddFileVersionToPath("/app", "/app/" + Asset).Returns($"/app/{Asset}?v=1");
        await using var app = await UploadApp.StartAsync(new TestHostOptions { Services = it => it.AddSingleton(versions) });
        var page = new TagHelperPage(app);
        page.Http.Request.PathBase = "/app";

        page.RenderScript().Should().Contain($"src=\"/app/{Asset}?v=1\"");
    }

    [Fact]
    public async Task Attributes_OfThePage_AreKept()
    {
        await using var app = await UploadApp.StartAsync();
        new TagHelperPage(app).RenderScript(("nonce", "a\"b"), ("async", null)).Should()
            .Be($"<script nonce=\"a&quot;b\" async type=\"module\" src=\"/{Asset}\"></script>");
        new TagHelperPage(app).RenderScript(("src", "https://cdn.example.com/x.js"))
            .Should().Contain("src=\"https://cdn.example.com/x.js\"").And.NotContain(Asset);
    }
}
