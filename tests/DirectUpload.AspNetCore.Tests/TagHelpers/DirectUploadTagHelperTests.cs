using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Linq.Expressions;
using System.Text.RegularExpressions;
using DirectUpload.AspNetCore.Tests.Authorization;
using DirectUpload.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace DirectUpload.AspNetCore.Tests.TagHelpers;

public sealed partial class DirectUploadTagHelperTests
{
    private const string Hostile = "\"><script>alert('x')</script>&amp;.png";

    private static readonly UploadId Unknown = UploadId.Create(DateTimeOffset.UtcNow);

    [Fact]
    public async Task Property_GivesNameIdAndLimits()
    {
        await using var app = await StartAsync();
        var html = await new TagHelperPage(app).RenderAsync(new Form(), it => it.AvatarId, "picture");
        Attributes(html).Where(it => it.Key != "language").Should().BeEquivalentTo(new Dictionary<string, string?>
        {
            ["profile"] = "picture",
            ["id"] = "AvatarId",
            ["name"] = "AvatarId",
            ["endpoint"] = "/uploads",
            ["accept"] = "image/png,image/jpeg",
            ["max-size"] = "100000",
        });
        html.Should().EndWith("</direct-upload>").And.NotContain("<input").And.NotContain("<data");
    }

    [Fact]
    public async Task Property_InATemplate_HasTheFullName()
    {
        await using var app = await StartAsync();
        var html = await new TagHelperPage(app) { HtmlFieldPrefix = "Owner.Pet[0]" }.RenderAsync(new Form(), it => it.AvatarId, "picture");
        Attributes(html)["name"].Should().Be("Owner.Pet[0].AvatarId");
        Attributes(html)["id"].Should().Be("Owner_Pet_0__AvatarId");
    }

    [Fact]
    public async Task Attributes_OfThePage_AreKept()
    {
        await using var app = await StartAsync();
        var html = await new TagHelperPage(app).RenderAsync(
            new Form { PhotoIds = [Unknown] }, it => it.PhotoIds, "picture", ("id", "x"), ("name", "y"),
            ("endpoint", "https://api.example.com/u"),
            ("accept", ".webp"), ("max-size", "7"), ("max-files", "2"), ("language", "ko"), ("class", "wide"), ("block-submit", null));
        Attributes(html).Should().Contain(new Dictionary<string, string?>
        {
            ["id"] = "x",
            ["name"] = "y",
            ["endpoint"] = "https://api.example.com/u",
            ["accept"] = ".webp",
            ["max-size"] = "7",
            ["max-files"] = "2",
            ["language"] = "ko",
            ["class"] = "wide",
            ["block-submit"] = null,
        });
        html.Should().Contain($"name=\"y\" type=\"hidden\" value=\"{Unknown}\"");
    }

    [Fact]
    public async Task Extensions_OfTheProfile_AreAcceptedInsteadOfTypes()
    {
        await using var app = await StartAsync();
        var page = new TagHelperPage(app);
        Attributes(await page.RenderAsync(new Form(), it => it.AvatarId, "invoice"))["accept"].Should().Be(".pdf");
        Attributes(await page.RenderAsync(new Form(), it => it.AvatarId, "anything")).Should().NotContainKey("accept");
    }

    public static TheoryData<string, bool, bool, string?> Properties => new()
    {
        { nameof(Form.AvatarId), false, false, null },
        { nameof(Form.RequiredId), false, true, null },
        { nameof(Form.PlainId), false, true, null },
        { nameof(Form.TextId), false, false, null },
        { nameof(Form.PhotoIds), true, false, "12" },
        { nameof(Form.RequiredIds), true, true, "5" },
        { nameof(Form.ArrayIds), true, true, null },
        { nameof(Form.OptionalIds), true, false, null },
    };

    [Theory]
    [MemberData(nameof(Properties))]
    public async Task Property_SetsMultipleRequiredAndMaxFiles(string property, bool isMultiple, bool isRequired, string? most)
    {
        await using var app = await StartAsync();
        var form = Expression.Parameter(typeof(Form));
        var access = Expression.Lambda<Func<Form, object?>>(
            Expression.Convert(Expression.Property(form, property), typeof(object)), form);

        var attributes = Attributes(await new TagHelperPage(app).RenderAsync(new Form(), access, "picture"));

        attributes.ContainsKey("multiple").Should().Be(isMultiple);
        attributes.ContainsKey("required").Should().Be(isRequired);
        attributes.GetValueOrDefault("max-files").Should().Be(most);
        attributes.Should().NotContainKey("value", "there is no upload yet");
    }

    [Fact]
    public async Task Required_HasTheMessageOfTheModel() => await WithAppAsync(async app =>
        Attributes(await new TagHelperPage(app).RenderAsync(new Form(), it => it.RequiredId, "picture"))["data-val-required"]
            .Should().Be("Choose a picture &amp; save."));

    [Fact]
    public async Task Property_OfAnotherType_IsRefused() => await WithAppAsync(async app =>
    {
        var render = () => new TagHelperPage(app).RenderAsync(new Form(), it => it.Number, "picture");
        (await render.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*asp-for=\"Number\"*UploadId*System.Int32*");
    });

    [Theory]
    [InlineData("de")]
    [InlineData("pt-BR")]
    [InlineData("")]
    public async Task Language_IsTheUICulture(string culture)
    {
        await using var app = await StartAsync();
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            var attributes = Attributes(await new TagHelperPage(app).RenderAsync(new Form(), it => it.AvatarId, "picture"));
            attributes.GetValueOrDefault("language").Should().Be(culture.Length > 0 ? culture : null);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public async Task Limits_DoNotDependOnTheCulture()
    {
        await using var app = await StartAsync();
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("ar") { NumberFormat = { NegativeSign = "x", NumberGroupSeparator = "'" } };
        try
        {
            Attributes(await new TagHelperPage(app).RenderAsync(new Form(), it => it.PhotoIds, "film"))["max-size"]
                .Should().Be("100000000");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task Endpoint_HasThePathBaseAndTheMappingThatServesTheProfile()
    {
        await using var app = await StartAsync(map: host =>
        {
            host.MapDirectUploads("/films", o => o.Profiles.Add("film")).AllowAnonymous();
            host.MapDirectUploads("/{tenant}/files", o => o.Profiles.Add("picture")).AllowAnonymous();
            host.MapDirectUploads("/").AllowAnonymous();
        });
        var page = new TagHelperPage(app);
        page.Http.Request.PathBase = "/my app";
        page.Http.Request.RouteValues["tenant"] = "a&b";
        Attributes(await page.RenderAsync(new Form(), it => it.AvatarId, "film"))["endpoint"].Should().Be("/my%20app/films");
        Attributes(await page.RenderAsync(new Form(), it => it.AvatarId, "picture"))["endpoint"].Should().Be("/my%20app/a%26b/files");
        Attributes(await page.RenderAsync(new Form(), it => it.AvatarId, "anything"))["endpoint"].Should().Be("/my%20app");
        page.Http.Request.PathBase = "";
        Attributes(await page.RenderAsync(new Form(), it => it.AvatarId, "anything"))["endpoint"].Should().Be("/");
    }

    [Theory]
    [InlineData(null, "*no profile*profile=*")]
    [InlineData("", "*no profile*profile=*")]
    [InlineData("nonsense", "*nonsense*no such profile*picture*")]
    [InlineData("film", "*film*MapDirectUploads*Profiles*")]
    public async Task Profile_NotServed_IsRefusedWithTheCorrection(string? profile, string message)
    {
        await using var app = await StartAsync(
            map: host => host.MapDirectUploads("/uploads", o => o.Profiles.Add("picture")).AllowAnonymous());
        var render = () => new TagHelperPage(app).RenderAsync(new Form(), it => it.AvatarId, profile);
        (await render.Should().ThrowAsync<InvalidOperationException>()).WithMessage(message);
    }

    [Fact]
    public async Task Upload_OfTheUser_IsShownWithItsEncodedName()
    {
        await using var app = await StartAsync();
        var id = await RequestAsync(app, "ada", Hostile.Replace("/", ""));
        var html = await new TagHelperPage(app, "ada").RenderAsync(new Form { AvatarId = id }, it => it.AvatarId, "picture");
        Attributes(html)["value"].Should().Be($"{id}");
        html.Should().Contain($"<data value=\"{id}\">").And.Contain("&lt;script&gt;").And.NotContain("<script").And.NotContain("<img")
            .And.Contain($"<input autocomplete=\"off\" name=\"AvatarId\" type=\"hidden\" value=\"{id}\">");
    }

    [Theory]
    [InlineData("eve")]
    [InlineData(null)]
    public async Task Upload_OfAnotherUser_IsSubmittedWithoutItsName(string? viewer)
    {
        await using var app = await StartAsync();
        var id = await RequestAsync(app, "ada", "secret.png");
        var html = await new TagHelperPage(app, viewer).RenderAsync(
            new Form { PhotoIds = [id, Unknown] }, it => it.PhotoIds, "picture");
        Attributes(html)["value"].Should().Be($"{id},{Unknown}");
        html.Should().NotContain("secret").And.NotContain("<data");
        Regex.Count(html, "type=\"hidden\"").Should().Be(2);
    }

    [Fact]
    public async Task ModelState_AttemptedValue_IsShownAgain()
    {
        await using var app = await StartAsync();
        var page = new TagHelperPage(app);
        page.ModelState.SetModelValue("AvatarId", Hostile, Hostile);
        page.ModelState.AddModelError("AvatarId", "This is no id.");
        page.ModelState.SetModelValue("PhotoIds", new[] { "b", "a", "b", "" }, "b,a,b,");

        var one = await page.RenderAsync(new Form { AvatarId = Unknown }, it => it.AvatarId, "picture", ("class", "wide"));
        var many = await page.RenderAsync(new Form { PhotoIds = [Unknown] }, it => it.PhotoIds, "picture");

        one.Should().NotContain("<script").And.NotContain(Unknown.ToString()).And.Contain("&lt;script&gt;");
        Attributes(one)["class"].Should().Be("wide input-validation-error");
        Attributes(many)["value"].Should().Be("b,a");
        Attributes(many).Should().NotContainKey("class");
    }

    [Fact]
    public async Task StoreUnavailable_RendersTheFormWithoutNames()
    {
        var (store, calls) = CountingStore.Wrap(Substitute.For<IUploadRecordStore>());
        calls.FindException = new RecordStoreUnavailableException("The database cannot be reached.");
        await using var app = await StartAsync(services: services => services.AddSingleton(store));
        var html = await new TagHelperPage(app, "ada").RenderAsync(new Form { AvatarId = Unknown }, it => it.AvatarId, "picture");
        Attributes(html)["value"].Should().Be($"{Unknown}");
        html.Should().NotContain("<data");
        calls[nameof(IUploadRecordStore.FindAsync)].Should().Be(1);
    }

    [Fact]
    public async Task Fallback_IsRenderedIfTheFormHandlesIt()
    {
        await using var app = await StartAsync();
        (await new TagHelperPage(app).RenderAsync(new Form(), it => it.PhotoIds, "picture", ("fallback-name", "Photos\"")))
            .Should().Contain("<input accept=\"image/png,image/jpeg\" multiple=\"multiple\" name=\"Photos&quot;\" type=\"file\">");
    }

    [Fact]
    public async Task Element_WithoutAModel_NeedsOnlyAProfile()
    {
        await using var app = await StartAsync();
        Attributes(await new TagHelperPage(app).RenderAsync("picture", ("name", "Avatar"))).Should().Contain("name", "Avatar")
            .And.Contain("endpoint", "/uploads").And.NotContainKey("id").And.NotContainKey("required");
    }

    private static Task<UploadApp> StartAsync(Action<WebApplication>? map = null, Action<IServiceCollection>? services = null)
    {
        var signedIn = RequestAuthorizationTests.SignedIn();
        return UploadApp.StartAsync(signedIn with
        {
            Services = it =>
            {
                signedIn.Services(it);
                it.AddControllersWithViews();
                services?.Invoke(it);
            },
            Map = map ?? signedIn.Map,
        });
    }

    private static async Task WithAppAsync(Func<UploadApp, Task> test)
    {
        await using var app = await StartAsync();
        await test(app);
    }

    private static async Task<UploadId> RequestAsync(UploadApp app, string owner, string fileName) =>
        (await app.Services.GetRequiredService<IDirectUploadService>().RequestAsync(
            new() { Profile = "picture", FileName = fileName, ContentType = "image/png", Size = 1000 }, new() { Owner = owner },
            cancellationToken: TestContext.Current.CancellationToken)).GetValueOrThrow().Upload.Id;

    /// <summary>The attributes of the start tag; null stands for one without a value.</summary>
    private static Dictionary<string, string?> Attributes(string html) =>
        Attribute().Matches(StartTag().Match(html).Groups[1].Value).ToDictionary(
            it => it.Groups[1].Value, it => it.Groups[2].Success ? it.Groups[2].Value : null);

    [GeneratedRegex("^<direct-upload((?: [a-z-]+(?:=\"[^\"]*\")?)*)>")]
    private static partial Regex StartTag();

    [GeneratedRegex(" ([a-z-]+)(?:=\"([^\"]*)\")?")]
    private static partial Regex Attribute();

    private sealed class Form
    {
        public UploadId? AvatarId { get; set; }

        [Required(ErrorMessage = "Choose a picture & save.")]
        public UploadId? RequiredId { get; set; }

        public UploadId PlainId { get; set; }

        public string? TextId { get; set; }

        [MaxLength(12)]
        public List<UploadId> PhotoIds { get; set; } = [];

        [Required, Length(0, 5)]
        public IReadOnlyList<UploadId> RequiredIds { get; set; } = [];

        [MinLength(1)]
        public UploadId[] ArrayIds { get; set; } = [];

        public List<UploadId>? OptionalIds { get; set; }

        public int Number { get; set; }
    }
}
