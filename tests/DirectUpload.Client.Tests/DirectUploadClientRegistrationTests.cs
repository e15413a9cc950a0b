using System.Net.Http.Headers;
using DirectUpload.Client.DependencyInjection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DirectUpload.Client.Tests;

public sealed class DirectUploadClientRegistrationTests
{
    [Fact]
    public void Register_InABrowser_NamesTheComponent()
    {
        var register = () => PlatformCheck.Check(isBrowser: true);
        register.Should().Throw<PlatformNotSupportedException>().WithMessage("*<DirectUpload>*DirectUpload.Blazor*");
        PlatformCheck.Check(OperatingSystem.IsBrowser());
    }

    [Theory]
    [InlineData("put")]
    [InlineData("post")]
    [InlineData("parts")]
    public async Task Storage_NeverReceivesApplicationHeaders(string profile)
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(1000));
        stage.Application.OnResponse = (context, _) =>
        {
            context.Response.Headers.SetCookie = "session=secret; path=/";
            return Task.FromResult(false);
        };
        var client = stage.CreateClient(register: services =>
        {
            services.AddHttpClient(nameof(DirectUploadClient)).AddHttpMessageHandler(() => new BearerTokenHandler());
            // As a host's defaults would, for every client that it has.
            services.ConfigureHttpClientDefaults(http => http
                .AddHttpMessageHandler(() => new BearerTokenHandler())
                .ConfigureHttpClient(each => each.DefaultRequestHeaders.Add("X-Tenant", "acme")));
        });

        await client.UploadAsync(file.Source, new FileUploadRequest
        {
            Profile = profile,
            FileName = "noise.bin",
            Method = profile == "parts" ? FileUploadMethod.Multipart : null,
        });

        stage.Application.Requests
            .Should().OnlyContain(request => request.Headers["Authorization"] == "Bearer secret" && request.Headers["X-Tenant"] == "acme");
        stage.Storage.Requests.Should().ContainSingle().Which.Headers.Keys.Should().BeSubsetOf(
            ["Host", "Content-Type", "Content-Length", "x-amz-checksum-sha256", "Expect"]);
    }

    [Fact]
    public async Task WriteToken_IsSentToTheApplicationOnly()
    {
        await using var stage = await TestEnvironment.StartAsync();
        using var file = new TemporaryFile(TestData.CreateBytes(1000));
        FileUploadState? state = null;

        await stage.CreateClient()
            .UploadAsync(file.Source, TestData.CreateRequest("put"), DirectUploadClientResumeTests.SaveStateTo(kept => state = kept));

        stage.Storage.Requests.Should().OnlyContain(request =>
            !request.Headers.Values.Any(value => value.Contains(state!.WriteToken)) && !request.Query.Contains(state!.WriteToken));
        $"{state}".Should().NotContain(state!.WriteToken).And.NotContain(state.ReadToken);
    }

    public static TheoryData<Action<DirectUploadClientOptions>, string> InvalidOptions => new()
    {
        { options => options.ServerAddress = null, "ServerAddress is not set" },
        { options => options.ServerAddress = new Uri("/uploads", UriKind.Relative), "ServerAddress is \"/uploads\"" },
        { options => options.PartsInFlight = 0, "PartsInFlight is 0; set it between 1 and 32." },
        { options => options.PartsInFlight = 33, "PartsInFlight is 33" },
        { options => options.MaxRetries = -1, "MaxRetries is -1" },
        { options => options.RetryDelay = TimeSpan.Zero, "RetryDelay is 00:00:00" },
        { options => options.MaxRetryDelay = TimeSpan.FromMilliseconds(1),
            "MaxRetryDelay is 00:00:00.0010000; set it between 00:00:00.5000000" },
        { options => options.StallTimeout = TimeSpan.FromHours(1), "StallTimeout is 01:00:00" },
        { options => options.RequestTimeout = TimeSpan.Zero, "RequestTimeout is 00:00:00" },
        { options => options.PrecomputeChecksumMaxSize = -1, "PrecomputeChecksumMaxSize is -1" },
    };

    [Theory]
    [MemberData(nameof(InvalidOptions), DisableDiscoveryEnumeration = true)]
    public void Options_OutOfRange_ErrorNamesValueAndRange(Action<DirectUploadClientOptions> spoil, string message)
    {
        var services = new ServiceCollection();
        services.AddDirectUploadClient(options =>
        {
            options.ServerAddress = new Uri("https://app.example.com/uploads");
            spoil(options);
        });
        using var provider = services.BuildServiceProvider();

        provider.Invoking(it => it.GetRequiredService<DirectUploadClient>()).Should().Throw<OptionsValidationException>()
            .WithMessage($"{message}*");
        var alone = new DirectUploadClientOptions { ServerAddress = new Uri("https://app.example.com/uploads") };
        spoil(alone);
        using var http = new HttpClient();
        FluentActions.Invoking(() => new DirectUploadClient(http, http, alone)).Should().Throw<OptionsValidationException>()
            .WithMessage($"{message}*");
    }

    private sealed class BearerTokenHandler : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "secret");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
