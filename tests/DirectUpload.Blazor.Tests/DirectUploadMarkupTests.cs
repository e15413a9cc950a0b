using System.Globalization;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using Component = DirectUpload.Blazor.DirectUpload;

namespace DirectUpload.Blazor.Tests;

public sealed class DirectUploadMarkupTests : ComponentTests
{
    [Fact]
    public void Render_ProfileOnly_BlocksTheSubmitOfRunningUploads()
    {
        var element = Element(Render<Component>(it => it.Add(c => c.Profile, "avatar")));

        element.Attributes.Select(attribute => $"{attribute.Name}={attribute.Value}")
            .Where(attribute => !attribute.StartsWith("blazor:", StringComparison.Ordinal)
                && !attribute.StartsWith("language", StringComparison.Ordinal))
            .Should().BeEquivalentTo("profile=avatar", "block-submit=");
    }

    [Fact]
    public void Render_AllParameters_AreAttributesOfTheElement()
    {
        var element = Element(Render<Component>(it => it
            .Add(c => c.Profile, "photo").Add(c => c.Name, "PhotoIds").Add(c => c.Multiple, true).Add(c => c.Accept, "image/*")
            .Add(c => c.MaxSize, 5_000_000_000).Add(c => c.MaxFiles, 12).Add(c => c.Required, true).Add(c => c.Disabled, true)
            .Add(c => c.BlockSubmit, false).Add(c => c.Endpoint, "/files").Add(c => c.Language, "ko")
            .Add(c => c.UploadIds, [First, Second]).AddUnmatched("metadata-album", "7").AddUnmatched("class", "wide")));

        var expected = new Dictionary<string, string>
        {
            ["profile"] = "photo",
            ["name"] = "PhotoIds",
            ["multiple"] = "",
            ["accept"] = "image/*",
            ["max-size"] = "5000000000",
            ["max-files"] = "12",
            ["required"] = "",
            ["disabled"] = "",
            ["endpoint"] = "/files",
            ["language"] = "ko",
            ["value"] = $"{First},{Second}",
            ["metadata-album"] = "7",
            ["class"] = "wide",
        };
        expected.Should().AllSatisfy(pair => element.GetAttribute(pair.Key).Should().Be(pair.Value, pair.Key));
        element.HasAttribute("block-submit").Should().BeFalse();
    }

    [Theory]
    [InlineData("de-AT", null, "de-AT")]
    [InlineData("de-AT", "fr", "fr")]
    [InlineData("", null, null)]
    public void Render_Language_IsThatOfTheCultureByDefault(string culture, string? language, string? expected)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            Element(Render<Component>(it => it.Add(c => c.Profile, "a").Add(c => c.Language, language)))
                .GetAttribute("language").Should().Be(expected);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void Render_Statically_LoadsTheElementByAScript() =>
        Render<Component>(it => it.Add(c => c.Profile, "a")).Find("script[type=module]").GetAttribute("src")
            .Should().Be("_content/DirectUpload.Blazor/direct-upload.js");

    [Fact]
    public async Task Render_Interactively_IsEnabledOnceItIsConnected()
    {
        var browser = new FakeBrowser();
        Services.AddSingleton<IJSRuntime>(browser);
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));

        var rendered = Render<Component>(it => it.Add(c => c.Profile, "a").SetAssignedRenderMode(RenderMode.InteractiveServer));

        rendered.FindAll("script").Should().BeEmpty();
        Element(rendered).HasAttribute("disabled").Should().BeTrue("its events would get lost");
        await Renderer.Dispatcher.InvokeAsync(browser.Connect);
        rendered.WaitForAssertion(() => Element(rendered).HasAttribute("disabled").Should().BeFalse());
    }

    [Fact]
    public void Render_Content_IsInsideTheElement() =>
        Render<Component>(it => it.Add(c => c.Profile, "a").AddChildContent($"<data value='{First}'>beach.jpg</data>"))
            .Find("direct-upload > data").TextContent.Should().Be("beach.jpg");

    [Fact]
    public void Render_ChangedParameters_ChangeTheAttributes()
    {
        var rendered = Render<Component>(it => it.Add(c => c.Profile, "a").Add(c => c.Disabled, true));

        rendered.Render(it => it.Add(c => c.Profile, "b").Add(c => c.Disabled, false).Add(c => c.MaxFiles, 2));

        Element(rendered).GetAttribute("profile").Should().Be("b");
        Element(rendered).GetAttribute("max-files").Should().Be("2");
        Element(rendered).HasAttribute("disabled").Should().BeFalse();
        Module.Invocations["connect"].Should().ContainSingle("the element keeps its uploads");
    }

    [Theory]
    [InlineData(null, null, null, "Profile")]
    [InlineData(" ", null, null, "Profile")]
    [InlineData("a", 0L, null, "MaxSize")]
    [InlineData("a", null, 0, "MaxFiles")]
    public void Render_UnusableParameter_SaysWhatToSet(string? profile, long? maxSize, int? maxFiles, string named)
    {
        var render = () => Render<Component>(it => it
            .Add(c => c.Profile, profile!).Add(c => c.MaxSize, maxSize).Add(c => c.MaxFiles, maxFiles));

        render.Should().Throw<InvalidOperationException>().WithMessage($"*{named}*set*");
    }
}
