using DirectUpload.Processing;
using DirectUpload.Profiles;
using DirectUpload.Security.Tests.Table;
using DirectUpload.Uploads;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>What one host knows and another does not, or was registered in another way than the builder's.</summary>
public sealed class HostsThatDiffer(LocalS3Fixture server) : FlowSuite(server), IClassFixture<LocalS3Fixture>
{
    protected override HostChoices Choices => new()
    {
        Uploads = options => options
            .AddProfile("scanned", profile =>
            {
                profile.ContentTypes.Add("*/*");
                profile.RequiredProcessors.Add("virus-scan");
            })
            .AddProfile("by-worker", profile =>
            {
                profile.ContentTypes.Add("*/*");
                profile.ProcessInWorker = true;
            }),
    };

    [Theory]
    [InlineData("scanned")]
    [InlineData("by-worker")]
    [Attack("having a file finished by a web host that does not know the virus scanner of the worker host", "the record names the processors that its profile requires, and only a host that has them finishes it; or the profile leaves it to the worker")]
    public async Task Unscanned_files(string profile)
    {
        await using var worker = await UploadApp.StartAsync(Server.S3, Bucket, Choices with
        {
            Services = services => services.Replace(ServiceDescriptor.Singleton(App.Store)),
            Uploads = options =>
            {
                Choices.Uploads(options);
                options.Profiles[profile].ProcessWith<Scanner>("virus-scan");
            },
        });
        var grants = new List<Grant>();
        for (var number = 0; number < 5; number++)
            grants.Add(await UploadedAsync(Bytes.Png(), Wanted.PictureOf(Bytes.Png()) with { Profile = profile }));

        foreach (var grant in grants)
            (await Client.ConfirmAsync(grant)).ShouldBe(202)["status"].Should().Be("uploaded");
        if (profile == "scanned")
            await App.Services.GetRequiredService<UploadWorker>().RunOnceAsync(TestContext.Current.CancellationToken);
        foreach (var grant in grants)
        {
            (await App.RecordAsync(grant.Id)).Status.Should().Be(UploadStatus.Uploaded);
            (await Client.ContentAsync(grant)).ShouldBeProblem(409, "conflict");
        }

        // Left to others by the web host's worker for a second or two.
        foreach (var grant in grants)
        {
            for (var waited = 0; waited < 600 && (await App.RecordAsync(grant.Id)).Status == UploadStatus.Uploaded; waited++)
            {
                await worker.Services.GetRequiredService<UploadWorker>().RunOnceAsync(TestContext.Current.CancellationToken);
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }

            (await Client.ConfirmAsync(grant)).ShouldBeProblem(422, "mismatch");
        }
    }

    [Theory]
    [InlineData(ServiceLifetime.Singleton)]
    [InlineData(ServiceLifetime.Scoped)]
    [InlineData(ServiceLifetime.Transient)]
    [Attack("requesting what an authorizer refuses, where the developer registered it as a service and not by the builder", "authorizers and observers that are registered as services are used as well, each once; what can never be used is an error at start")]
    public async Task Authorizers_that_are_services(ServiceLifetime lifetime)
    {
        await using var app = await UploadApp.StartAsync(Server.S3, Bucket, new HostChoices
        {
            Services = services => services.Add(ServiceDescriptor.Describe(typeof(IUploadAuthorizer), typeof(RefuseAll), lifetime)),
        });
        (await app.Client.RequestAsync(Wanted.Picture)).ShouldBeProblem(403, "forbidden");

        var keyed = () => UploadApp.StartAsync(Server.S3, Bucket, new HostChoices { Services = services => services.AddKeyedSingleton<IUploadAuthorizer, RefuseAll>("key") });
        await keyed.Should().ThrowAsync<InvalidOperationException>().WithMessage("*IUploadAuthorizer*AddAuthorizer*");
        var unused = () => UploadApp.StartAsync(Server.S3, Bucket, new HostChoices { Services = services => services.AddSingleton<IUploadProcessor, Scanner>() });
        await unused.Should().ThrowAsync<InvalidOperationException>().WithMessage("*ProcessWith<Scanner>()*");
    }

    [Fact]
    [Attack("reading a log in which the application printed a grant, a form, a URL or its parts", "none of them prints a signature, a policy, a query or a token")]
    public async Task Printed_grants()
    {
        var uploads = App.Services.GetRequiredService<DirectUploadService>();
        foreach (var (profile, size) in new[] { ("picture", 1000L), ("form", 1000L), ("film", 6_000_000L) })
        {
            var grant = (await uploads.RequestAsync(new() { Profile = profile, FileName = "a.png", ContentType = "image/png", Size = size }, UploadCaller.Anonymous)).Value!;
            var parts = grant.Instructions.Multipart?.Parts;
            foreach (var printed in new object?[] { grant, grant.Instructions, grant.Instructions.Multipart, parts?[0], grant.WriteToken, grant.ReadToken })
                $"{printed}".Should().NotContainAny("X-Amz", "http", "policy", grant.WriteToken.Value, grant.ReadToken.Value);
        }
    }

    private sealed class Scanner : IUploadProcessor
    {
        public Task<UploadVerdict> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken) => Task.FromResult(UploadVerdict.Reject("infected", "It holds a virus."));
    }

    private sealed class RefuseAll : IUploadAuthorizer
    {
        public ValueTask<UploadAuthorization> AuthorizeAsync(UploadAuthorizationContext context, CancellationToken cancellationToken) => new(UploadAuthorization.Refuse("Not today."));
    }
}
