extern alias Moderation;

using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace DirectUpload.Samples.Tests.Moderation;

/// <summary>samples/Moderation, with its records and its storage in a folder of its own.</summary>
public sealed class ModerationFactory : WebApplicationFactory<Moderation::Program>
{
    public const string Password = "the password of this test";

    private readonly string _data = Directory.CreateTempSubdirectory("moderation-").FullName;
    private readonly string _s3 = $"http://127.0.0.1:{Loopback.GetFreePort()}";

    /// <summary>Gets settings in addition to those of the sample.</summary>
    public Dictionary<string, string> Settings { get; } = new() { ["Moderation:Password"] = Password };

    /// <summary>Starts a browser of its own: a new visitor.</summary>
    public async Task<ModerationVisitor> VisitAsync()
    {
        var visitor = Open();
        (await visitor.Http.GetAsync("/", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        return visitor;
    }

    /// <summary>Starts a browser of its own, and signs in.</summary>
    public async Task<ModerationVisitor> VisitAsModeratorAsync()
    {
        var moderator = Open();
        await moderator.SignInAsync(Password);
        return moderator;
    }

    /// <summary>Starts a browser without any cookie.</summary>
    public ModerationVisitor Open() => new(CreateClient(new() { AllowAutoRedirect = false }));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("ConnectionStrings:Uploads", $"Data Source={Path.Combine(_data, "records.db")};Pooling=False");
        builder.UseSetting("DirectUploads:LocalS3:Url", _s3);
        builder.UseSetting("DirectUploads:LocalS3:DataDirectory", Path.Combine(_data, "s3"));
        foreach (var (name, value) in Settings)
            builder.UseSetting(name, value);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_data, recursive: true);
        GC.SuppressFinalize(this);
    }
}
