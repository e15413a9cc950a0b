#pragma warning disable RCS0056 // Lines of data are kept whole.
using System.Text;
using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.DependencyInjection;

public sealed class DirectUploadConfigurationTests
{
    private const string Json = """
        {
          "DirectUploads": {
            "Bucket": "examplebucket",
            "PublicEndpoint": "https://files.example.com",
            "StagingPrefix": "incoming/",
            "DownloadUrlLifetime": "00:10:00",
            "ConcurrentConfirmTimeout": "00:00:03",
            "ProcessingLease": "00:02:00",
            "Buckets": { "archive": { "Name": "archive-bucket", "PublicEndpoint": "https://archive.example.com" } },
            "Profiles": {
              "invoice": {
                "ContentTypes": [ "application/pdf", "image/*" ],
                "Extensions": [ ".pdf", ".png" ],
                "MinSize": 100,
                "MaxSize": 5000000000,
                "UploadMethod": "Post",
                "UploadUrlLifetime": "01:00:00",
                "KeyTemplate": "{profile}/{id}{ext}",
                "RequireAssociation": true,
                "RequireChecksum": true,
                "Inline": true,
                "MaxPendingUploadsPerOwner": 7,
                "MaxPendingBytesPerOwner": 9000000000,
                "Bucket": "archive",
                "ObjectSettings": { "Acl": "private", "CacheControl": "no-store", "ServerSideEncryption": "AES256", "Metadata": { "source": "web" }, "Tags": { "kind": "invoice" } }
              },
              "avatar": { "ContentTypes": [ "image/png" ], "FinalizeInPlace": true, "MaxPendingUploadsPerOwner": null }
            }
          }
        }
        """;

    [Fact]
    public void Bind_Json_SetsEveryOption()
    {
        var options = CreateOptions(Json);

        options.Should().BeEquivalentTo(new
        {
            Bucket = "examplebucket",
            PublicEndpoint = new Uri("https://files.example.com"),
            StagingPrefix = "incoming/",
            DownloadUrlLifetime = TimeSpan.FromMinutes(10),
            ConcurrentConfirmTimeout = TimeSpan.FromSeconds(3),
            ProcessingLease = TimeSpan.FromMinutes(2),
        });
        options.Buckets["archive"]
            .Should().BeEquivalentTo(new { Name = "archive-bucket", PublicEndpoint = new Uri("https://archive.example.com") });
        options.Profiles["invoice"].Should().BeEquivalentTo(new
        {
            Name = "invoice",
            ContentTypes = new[] { "application/pdf", "image/*" },
            Extensions = new[] { ".pdf", ".png" },
            MinSize = 100L,
            MaxSize = 5_000_000_000L,
            UploadMethod = UploadMethod.Post,
            UploadUrlLifetime = TimeSpan.FromHours(1),
            KeyTemplate = "{profile}/{id}{ext}",
            RequireAssociation = true,
            RequireChecksum = true,
            Inline = true,
            MaxPendingUploadsPerOwner = 7,
            MaxPendingBytesPerOwner = 9_000_000_000L,
            Bucket = "archive",
        });
        options.Profiles["invoice"].ObjectSettings.Should().BeEquivalentTo(new ObjectSettings
        {
            Acl = "private",
            CacheControl = "no-store",
            ServerSideEncryption = "AES256",
            Metadata = { ["source"] = "web" },
            Tags = { ["kind"] = "invoice" },
        });
        options.Profiles["avatar"].FinalizeInPlace.Should().BeTrue();
        options.Profiles["avatar"].Name.Should().Be("avatar");
    }

    [Fact]
    public void Bind_CodeAndConfiguration_CodeWins()
    {
        var options = CreateOptions(Json, it =>
        {
            it.Bucket = "from-code";
            it.ConfigureProfile("avatar", avatar => avatar.MaxSize = 42);
        });

        options.Bucket.Should().Be("from-code");
        options.Profiles["avatar"].MaxSize.Should().Be(42);
        options.Profiles["avatar"].FinalizeInPlace.Should().BeTrue("what code doesn't touch stays as configured");
    }

    [Fact]
    public void Bind_NoConfiguration_KeepsDefaults()
    {
        using var provider = TestServiceProvider.Create();

        provider.GetUploadOptions().Should().BeEquivalentTo(new DirectUploadOptions());
    }

    [Fact]
    public void AddDirectUploads_Twice_BindsOnce()
    {
        using var provider = TestServiceProvider.Create(
            settings: new Dictionary<string, string?>
            {
                ["DirectUploads:Bucket"] = "examplebucket",
                ["DirectUploads:Profiles:avatar:ContentTypes:0"] = "image/png",
            },
            services: all => all.AddDirectUploads(it => it.ConcurrentConfirmTimeout = TimeSpan.Zero));

        provider.GetUploadOptions().Profiles["avatar"].ContentTypes.Should().Equal("image/png");
        provider.GetUploadOptions().ConcurrentConfirmTimeout.Should().Be(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("DirectUploads:Profiles:avatar:UploadMethod", "Carrier-pigeon")]
    [InlineData("DirectUploads:Profiles:avatar:MaxSize", "10 MB")]
    [InlineData("DirectUploads:DownloadUrlLifetime", "soon")]
    public void Bind_InvalidValue_NamesKeyAndValue(string key, string value)
    {
        using var provider = TestServiceProvider.Create(settings: new Dictionary<string, string?> { [key] = value });

        provider.Invoking(it => it.GetUploadOptions()).Should().Throw<InvalidOperationException>().WithMessage($"*{value}*{key}*");
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void ConfigureProfile_MissingArguments_Throws(string? name)
    {
        FluentActions.Invoking(() => new DirectUploadOptions().AddProfile(name!, _ => { })).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new DirectUploadOptions().AddProfile("avatar", null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new DirectUploadOptions().ConfigureProfile(name!, _ => { })).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new DirectUploadOptions().ConfigureProfile("avatar", null!)).Should().Throw<ArgumentNullException>();
    }

    private static DirectUploadOptions CreateOptions(string json, Action<DirectUploadOptions>? code = null)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddJsonStream(stream).Build());
        services.AddDirectUploads(code);
        using var provider = services.BuildServiceProvider();
        return provider.GetUploadOptions();
    }
}
