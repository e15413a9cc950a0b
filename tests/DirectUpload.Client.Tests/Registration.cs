using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DirectUpload.Client.Tests;

public sealed class Registration
{
    [Theory]
    [InlineData("put")]
    [InlineData("post")]
    [InlineData("parts")]
    public async Task Storage_gets_nothing_of_what_the_host_sends_to_its_application(string profile)
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(1000));
        stage.Application.After = (context, _) =>
        {
            context.Response.Headers.SetCookie = "session=secret; path=/";
            return Task.FromResult(false);
        };
        var client = stage.Client(register: services =>
        {
            services.AddHttpClient(nameof(DirectUploadClient)).AddHttpMessageHandler(() => new SignIn());
            // As a host's defaults would, for every client that it has.
            services.ConfigureHttpClientDefaults(http => http
                .AddHttpMessageHandler(() => new SignIn())
                .ConfigureHttpClient(each => each.DefaultRequestHeaders.Add("X-Tenant", "acme")));
        });

        await client.UploadAsync(file.Source, new UploadRequest { Profile = profile, FileName = "noise.bin", Method = profile == "parts" ? UploadMethod.Multipart : null });

        stage.Application.Requests.Should().OnlyContain(request => request.Headers["Authorization"] == "Bearer secret" && request.Headers["X-Tenant"] == "acme");
        stage.Storage.Requests.Should().ContainSingle().Which.Headers.Keys.Should().BeSubsetOf(
            ["Host", "Content-Type", "Content-Length", "x-amz-checksum-sha256", "Expect"]);
    }

    [Fact]
    public async Task The_write_token_goes_to_the_application_only()
    {
        await using var stage = await Stage.SetAsync();
        using var file = new TemporaryFile(Sample.Bytes(1000));
        UploadState? state = null;

        await stage.Client().UploadAsync(file.Source, Sample.Request("put"), Resuming.Keep(kept => state = kept));

        stage.Storage.Requests.Should().OnlyContain(request => !request.Headers.Values.Any(value => value.Contains(state!.WriteToken)) && !request.Query.Contains(state!.WriteToken));
        $"{state}".Should().NotContain(state!.WriteToken).And.NotContain(state.ReadToken);
    }

    public static TheoryData<Action<DirectUploadClientOptions>, string> Faults => new()
    {
        { options => options.ServerAddress = null, "ServerAddress is not set" },
        { options => options.ServerAddress = new Uri("/uploads", UriKind.Relative), "ServerAddress is \"/uploads\"" },
        { options => options.PartsInFlight = 0, "PartsInFlight is 0; set it between 1 and 32." },
        { options => options.PartsInFlight = 33, "PartsInFlight is 33" },
        { options => options.MaxRetries = -1, "MaxRetries is -1" },
        { options => options.RetryDelay = TimeSpan.Zero, "RetryDelay is 00:00:00" },
        { options => options.MaxRetryDelay = TimeSpan.FromMilliseconds(1), "MaxRetryDelay is 00:00:00.0010000; set it between 00:00:00.5000000" },
        { options => options.StallTimeout = TimeSpan.FromHours(1), "StallTimeout is 01:00:00" },
        { options => options.RequestTimeout = TimeSpan.Zero, "RequestTimeout is 00:00:00" },
        { options => options.ChecksumFirstUpTo = -1, "ChecksumFirstUpTo is -1" },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void An_option_out_of_bounds_is_named_with_its_value_and_the_cure(Action<DirectUploadClientOptions> spoil, string message)
    {
        var services = new ServiceCollection();
        services.AddDirectUploadClient(options =>
        {
            options.ServerAddress = new Uri("https://app.example.com/uploads");
            spoil(options);
        });
        using var provider = services.BuildServiceProvider();

        provider.Invoking(it => it.GetRequiredService<DirectUploadClient>()).Should().Throw<OptionsValidationException>().WithMessage($"{message}*");
        var alone = new DirectUploadClientOptions { ServerAddress = new Uri("https://app.example.com/uploads") };
        spoil(alone);
        using var http = new HttpClient();
        FluentActions.Invoking(() => new DirectUploadClient(http, http, alone)).Should().Throw<OptionsValidationException>().WithMessage($"{message}*");
    }

    private sealed class SignIn : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "secret");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
