using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DirectUpload.Tests.DependencyInjection;

public sealed class ConfigurationKeyValidatorTests
{
    [Theory]
    [InlineData(
        "DirectUploads:Profiles:avatar:MaxSzie", "DirectUploads:Profiles:avatar:MaxSzie is not a known key; did you mean \"MaxSize\"?")]
    [InlineData(
        "DirectUploads:Profiles:avatar:ObjectSettings:CacheContro",
        "*ObjectSettings:CacheContro is not a known key; did you mean \"CacheControl\"?")]
    [InlineData("DirectUploads:Buckets:archive:Nmae", "*Buckets:archive:Nmae is not a known key; did you mean \"Name\"?")]
    [InlineData("DirectUploads:Worker:Paralelism", "*Worker:Paralelism is not a known key; did you mean \"Parallelism\"?")]
    [InlineData("DirectUploads:ProfileErrors", "*ProfileErrors is not a known key*")]
    [InlineData("DirectUploads:Profiles:avatar:Name", "*avatar:Name is not a known key*")]
    [InlineData("DirectUpload:Bucket", "DirectUpload is not a known section; did you mean \"DirectUploads\"?")]
    [InlineData("DirectUplaods:Bucket", "DirectUplaods is not a known section; did you mean \"DirectUploads\"?")]
    public void Validate_UnknownKey_NamesTheNearest(string key, string message)
    {
        using var provider = CreateProvider(key, "x");

        provider.Invoking(it => it.GetUploadOptions()).Should().Throw<OptionsValidationException>().WithMessage("*" + message + "*");
    }

    [Theory]
    [InlineData("directuploads:profiles:avatar:maxsize", "5")]
    [InlineData("DirectUploads:Profiles:avatar:ContentTypes:7", "image/png")]
    [InlineData("DirectUploads:Profiles:avatar:ObjectSettings:Tags:anything", "x")]
    [InlineData("DirectUploads:BrowserOrigins:0", "https://app.example.com")]
    [InlineData("DirectUploads:Sqs:Anything", "x")]
    [InlineData("AllowedHosts", "*")]
    public void Validate_KnownKey_Passes(string key, string value)
    {
        using var provider = CreateProvider(key, value);

        provider.Invoking(it => it.GetUploadOptions()).Should().NotThrow();
    }

    [Fact]
    public void Validate_ManyFaults_ReportsThemAtOnce()
    {
        using var provider = TestServiceProvider.Create(
            options =>
            {
                options.MaxAttempts = 0;
                options.ConfigureProfile("avatr", _ => { });
                options.AddProfile("avatar", _ => { });
            },
            new Dictionary<string, string?> { ["DirectUploads:Bukcet"] = "x", ["DirectUploads:Profiles:avatar:ContentTypes:0"] = "*/*" });

        provider.Invoking(it => it.GetUploadOptions()).Should().Throw<OptionsValidationException>()
            .Which.Failures.Should().Contain(it => it.Contains("MaxAttempts is 0; set it between 1 and 1000"))
            .And.Contain(it => it.Contains("did you mean \"avatar\"?"))
            .And.Contain(it => it.Contains("\"avatar\" is added twice") && it.Contains("ConfigureProfile"))
            .And.Contain(it => it.Contains("DirectUploads:Bukcet"));
    }

    [Fact]
    public void Bind_Worker_CodeWins()
    {
        using var provider = TestServiceProvider.Create(
            settings: new Dictionary<string, string?>
            {
                ["DirectUploads:Worker:Parallelism"] = "3",
                ["DirectUploads:Worker:PollInterval"] = "00:00:09",
            },
            services: all => all.AddDirectUploads().AddWorker(it => it.PollInterval = TimeSpan.FromSeconds(2)));

        provider.GetRequiredService<IOptions<UploadWorkerOptions>>().Value.Should().BeEquivalentTo(
            new UploadWorkerOptions { Parallelism = 3, PollInterval = TimeSpan.FromSeconds(2) });
    }

    private static ServiceProvider CreateProvider(string key, string value) => TestServiceProvider.Create(
        options => options.Bucket = "examplebucket",
        new Dictionary<string, string?>
        {
            ["DirectUploads:Profiles:avatar:ContentTypes:0"] = "image/*",
            ["DirectUploads:Buckets:archive:Name"] = "archive-bucket",
            [key] = value,
        });
}
