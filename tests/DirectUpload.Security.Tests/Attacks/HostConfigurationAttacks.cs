using DirectUpload.Processing;
using DirectUpload.Security.Tests.Table;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>What one host knows and another does not, or was registered in another way than the builder's.</summary>
public sealed class HostConfigurationAttacks(LocalS3Fixture server) : FlowTests(server), IClassFixture<LocalS3Fixture>
{
    protected override TestHostOptions HostOptions => new()
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
    [Attack(
        "finishing a file in a web host that does not know the virus scanner of the worker host",
        "the record names the processors that its profile requires, and only a host that has them finishes it; or the profile leaves it " +
        "to the worker")]
    public async Task Confirm_OnHostWithoutTheScanner_WaitsForTheWorker(string profile)
    {
        await using var worker = await UploadApp.StartAsync(Server.S3, Bucket, HostOptions with
        {
            Services = services => services.Replace(ServiceDescriptor.Singleton(App.Store)),
            Uploads = options =>
            {
                HostOptions.Uploads(options);
                options.Profiles[profile].AddProcessor<Scanner>("virus-scan");
            },
        });
        var grants = new List<Grant>();
        for (var number = 0; number < 5; number++)
            grants.Add(await UploadedAsync(TestFiles.Png(), TestUploadRequest.FromPicture(TestFiles.Png()) with { Profile = profile }));

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
    [Attack(
        "requesting what an authorizer refuses, where the developer registered it as a service and not by the builder",
        "authorizers and event handlers that are registered as services are used as well, each once; a registration that can never be " +
        "used is an error at start")]
    public async Task Authorizer_RegisteredAsService_IsCalledOnce(ServiceLifetime lifetime)
    {
        await using var app = await UploadApp.StartAsync(Server.S3, Bucket, new TestHostOptions
        {
            Services = services => services.Add(ServiceDescriptor.Describe(typeof(IUploadAuthorizer), typeof(DenyAllAuthorizer), lifetime)),
        });
        (await app.Client.RequestAsync(TestUploadRequest.Picture)).ShouldBeProblem(403, "forbidden");

        var keyed = () => UploadApp.StartAsync(
            Server.S3, Bucket,
            new TestHostOptions { Services = services => services.AddKeyedSingleton<IUploadAuthorizer, DenyAllAuthorizer>("key") });
        await keyed.Should().ThrowAsync<OptionsValidationException>().WithMessage("*IUploadAuthorizer*AddAuthorizer*");
        var unused = () => UploadApp.StartAsync(
            Server.S3, Bucket, new TestHostOptions { Services = services => services.AddSingleton<IUploadProcessor, Scanner>() });
        await unused.Should().ThrowAsync<OptionsValidationException>().WithMessage("*AddProcessor<Scanner>()*");
    }

    [Fact]
    [Attack(
        "reading a log in which the application printed a grant, a form, a URL or its parts",
        "none of them prints a signature, a policy, a query or a token")]
    public async Task ToString_OfGrantsAndUrls_PrintsNoSecret()
    {
        var uploads = App.Services.GetRequiredService<IDirectUploadService>();
        foreach (var (profile, size) in new[] { ("picture", 1000L), ("form", 1000L), ("film", 6_000_000L) })
        {
            var grant = (await uploads.RequestAsync(
                new() { Profile = profile, FileName = "a.png", ContentType = "image/png", Size = size }, UploadCaller.Anonymous)).Value!;
            var parts = grant.Instructions.Parts;
            foreach (var printed in new object?[]
            {
                grant, grant.Instructions, parts.Count > 0 ? parts[0] : null, grant.WriteToken, grant.ReadToken,
            })
                $"{printed}".Should().NotContainAny("X-Amz", "http", "policy", grant.WriteToken.Value, grant.ReadToken.Value);
        }
    }

    private sealed class Scanner : IUploadProcessor
    {
        public Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken) =>
            Task.FromResult(ProcessingResult.Reject("infected", "It holds a virus."));
    }

    private sealed class DenyAllAuthorizer : IUploadAuthorizer
    {
        public ValueTask<UploadAuthorization> AuthorizeAsync(UploadAuthorizationContext context, CancellationToken cancellationToken) =>
            new(UploadAuthorization.Deny("Not today."));
    }
}
