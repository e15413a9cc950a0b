using System.Text;
using DirectUpload.Profiles;
using DirectUpload.Uploads;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.DependencyInjection;

public sealed class ConfigurationTests
{
    private const string Json = """
        {
          "DirectUploads": {
            "Bucket": "examplebucket",
            "PublicEndpoint": "https://files.example.com",
            "StagingPrefix": "incoming/",
            "ContentLifetime": "00:10:00",
            "ConfirmWait": "00:00:03",
            "ProcessingLease": "00:02:00",
            "Buckets": { "archive": { "Name": "archive-bucket", "PublicEndpoint": "https://archive.example.com" } },
            "Profiles": {
              "invoice": {
                "ContentTypes": [ "application/pdf", "image/*" ],
                "Extensions": [ ".pdf", ".png" ],
                "MinSize": 100,
                "MaxSize": 5000000000,
                "Method": "Post",
                "Lifetime": "01:00:00",
                "KeyTemplate": "{profile}/{id}{ext}",
                "RequireAssociation": true,
                "RequireChecksum": true,
                "Inline": true,
                "MaxPendingUploads": 7,
                "MaxPendingBytes": 9000000000,
                "Bucket": "archive",
                "ObjectSettings": { "Acl": "private", "CacheControl": "no-store", "ServerSideEncryption": "AES256", "Metadata": { "source": "web" }, "Tags": { "kind": "invoice" } }
              },
              "avatar": { "ContentTypes": [ "image/png" ], "Finalisation": "InPlace", "MaxPendingUploads": null }
            }
          }
        }
        """;

    [Fact]
    public void Everything_can_be_set_in_JSON()
    {
        var options = FromJson(Json);

        options.Should().BeEquivalentTo(new
        {
            Bucket = "examplebucket",
            PublicEndpoint = new Uri("https://files.example.com"),
            StagingPrefix = "incoming/",
            ContentLifetime = TimeSpan.FromMinutes(10),
            ConfirmWait = TimeSpan.FromSeconds(3),
            ProcessingLease = TimeSpan.FromMinutes(2),
        });
        options.Buckets["archive"].Should().BeEquivalentTo(new { Name = "archive-bucket", PublicEndpoint = new Uri("https://archive.example.com") });
        options.Profiles["invoice"].Should().BeEquivalentTo(new
        {
            Name = "invoice",
            ContentTypes = new[] { "application/pdf", "image/*" },
            Extensions = new[] { ".pdf", ".png" },
            MinSize = 100L,
            MaxSize = 5_000_000_000L,
            Method = UploadMethod.Post,
            Lifetime = TimeSpan.FromHours(1),
            KeyTemplate = "{profile}/{id}{ext}",
            RequireAssociation = true,
            RequireChecksum = true,
            Inline = true,
            MaxPendingUploads = 7,
            MaxPendingBytes = 9_000_000_000L,
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
        options.Profiles["avatar"].Finalisation.Should().Be(Finalisation.InPlace);
        options.Profiles["avatar"].Name.Should().Be("avatar");
    }

    [Fact]
    public void Code_has_the_last_word()
    {
        var options = FromJson(Json, it =>
        {
            it.Bucket = "from-code";
            it.AddProfile("avatar", avatar => avatar.MaxSize = 42);
        });

        options.Bucket.Should().Be("from-code");
        options.Profiles["avatar"].MaxSize.Should().Be(42);
        options.Profiles["avatar"].Finalisation.Should().Be(Finalisation.InPlace, "what code doesn't touch stays as configured");
    }

    [Fact]
    public void Without_a_configuration_the_defaults_hold()
    {
        using var provider = Registered.With();

        provider.Options().Should().BeEquivalentTo(new DirectUploadOptions());
    }

    [Fact]
    public void Adding_it_twice_adds_nothing_twice()
    {
        using var provider = Registered.With(
            settings: new Dictionary<string, string?>
            {
                ["DirectUploads:Bucket"] = "examplebucket",
                ["DirectUploads:Profiles:avatar:ContentTypes:0"] = "image/png",
            },
            services: all => all.AddDirectUploads(it => it.ConfirmWait = TimeSpan.Zero));

        provider.Options().Profiles["avatar"].ContentTypes.Should().Equal("image/png");
        provider.Options().ConfirmWait.Should().Be(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("DirectUploads:Profiles:avatar:Method", "Carrier-pigeon")]
    [InlineData("DirectUploads:Profiles:avatar:MaxSize", "10 MB")]
    [InlineData("DirectUploads:ContentLifetime", "soon")]
    public void A_value_that_can_not_be_read_is_named_with_its_place(string key, string value)
    {
        using var provider = Registered.With(settings: new Dictionary<string, string?> { [key] = value });

        provider.Invoking(it => it.Options()).Should().Throw<InvalidOperationException>().WithMessage($"*{value}*{key}*");
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void A_profile_needs_a_name_and_a_configuration(string? name)
    {
        FluentActions.Invoking(() => new DirectUploadOptions().AddProfile(name!, _ => { })).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new DirectUploadOptions().AddProfile("avatar", null!)).Should().Throw<ArgumentNullException>();
    }

    private static DirectUploadOptions FromJson(string json, Action<DirectUploadOptions>? code = null)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddJsonStream(stream).Build());
        services.AddDirectUploads(code);
        using var provider = services.BuildServiceProvider();
        return provider.Options();
    }
}
