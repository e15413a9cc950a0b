using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DirectUpload.LocalS3.Tests.Hosting;

public sealed class LocalS3HostedServiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_host_starts_and_stops_the_server()
    {
        Uri endpoint;
        using (var host = Build("Development"))
        {
            host.Services.GetRequiredService<LocalS3Server>().Invoking(s => s.Endpoint).Should().Throw<InvalidOperationException>()
                .WithMessage("*not started*");
            await host.StartAsync();
            endpoint = host.Services.GetRequiredService<LocalS3Server>().Endpoint;
            endpoint.Port.Should().BePositive();
            using var http = new HttpClient();
            (await http.GetAsync(endpoint)).Headers.Contains("x-amz-request-id").Should().BeTrue();
            await host.StopAsync();
        }
        using var after = new HttpClient();
        await FluentActions.Awaiting(() => after.GetAsync(endpoint)).Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task The_server_listens_before_other_services_start()
    {
        using var host = Build("Development", services => services.Insert(0, ServiceDescriptor.Singleton<IHostedService, EarlyService>()));
        await host.StartAsync();
        host.Services.GetServices<IHostedService>().OfType<EarlyService>().Single().Status
            .Should().Be(403, "an anonymous request is refused, by a server that runs");
        await host.StopAsync();
    }

    [Fact]
    public async Task Production_is_refused_unless_allowed()
    {
        using var refused = Build("Production");
        await FluentActions.Awaiting(() => refused.StartAsync()).Should().ThrowAsync<InvalidOperationException>()
            .WithMessage("*Production*AllowInProduction*");
        using var allowed = Build("Production", configure: options => options.AllowInProduction = true);
        await allowed.StartAsync();
        await allowed.StopAsync();
    }

    [Fact]
    public void Code_overrides_configuration_and_lists_replace_defaults()
    {
        var services = new ServiceCollection().AddSingleton<IConfiguration>(
            new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["DirectUploads:LocalS3:Url"] = "http://127.0.0.1:6000",
                ["DirectUploads:LocalS3:Buckets:0"] = "one",
                ["DirectUploads:LocalS3:Buckets:1"] = "two",
                ["DirectUploads:LocalS3:AllowedOrigins"] = "http://a, http://b",
                ["DirectUploads:LocalS3:VirtualHostSuffixes"] = "s3.test",
                ["DirectUploads:LocalS3:EventEndpoint"] = "http://a/events",
                ["DirectUploads:LocalS3:Region"] = "eu-west-1",
                ["DirectUploads:LocalS3:AllowInProduction"] = "true",
            }).Build());
        using var provider = services.AddLocalS3(o => o.Region = "code-1").BuildServiceProvider();
        var options = provider.GetRequiredService<IOptions<LocalS3Options>>().Value;
        options.Url.Should().Be("http://127.0.0.1:6000");
        options.Buckets.Should().Equal("one", "two");
        options.AllowedOrigins.Should().Equal("http://a", "http://b");
        options.VirtualHostSuffixes.Should().Equal("s3.test");
        options.EventEndpoint.Should().Be("http://a/events");
        options.Region.Should().Be("code-1");
        options.AllowInProduction.Should().BeTrue();
        provider.GetRequiredService<LocalS3Server>().Endpoint
            .Should().Be(new Uri("http://127.0.0.1:6000"), "a fixed port is known beforehand");
    }

    [Fact]
    public void The_own_section_overrides_the_settings_of_the_application()
    {
        using var provider = CreateConfigured(new()
        {
            ["DirectUploads:LocalS3:DataDirectory"] = ".data/s3",
            ["DirectUploads:LocalS3:Region"] = "eu-west-1",
            ["LocalS3:DataDirectory"] = "/tmp/of-one-run",
        });

        var options = provider.GetRequiredService<IOptions<LocalS3Options>>().Value;

        (options.DataDirectory, options.Region).Should().Be(("/tmp/of-one-run", "eu-west-1"));
    }

    [Theory]
    [InlineData("LocalS3:DataDirectroy")]
    [InlineData("DirectUploads:LocalS3:DataDirectroy")]
    public void An_unknown_key_is_refused_with_the_nearest(string key)
    {
        using var provider = CreateConfigured(new() { [key] = "x" });

        FluentActions.Invoking(() => provider.GetRequiredService<IOptions<LocalS3Options>>().Value)
            .Should().Throw<OptionsValidationException>().WithMessage($"*{key}*DataDirectory*");
    }

    [Fact]
    public void AddLocalS3_twice_adds_one_server()
    {
        using var provider = new ServiceCollection().AddLocalS3(o => o.Region = "a").AddLocalS3(o => o.AccessKey = "B")
            .BuildServiceProvider();
        provider.GetServices<IHostedService>().Should().ContainSingle();
        provider.GetRequiredService<IOptions<LocalS3Options>>().Value
            .Should().Match<LocalS3Options>(o => o.Region == "a" && o.AccessKey == "B");
    }

    [Theory]
    [InlineData("https://127.0.0.1:1", "Url")]
    [InlineData("http://example.com:1", "Url")]
    [InlineData("http://127.0.0.1:1/path", "Url")]
    [InlineData("127.0.0.1:1", "Url")]
    [InlineData("", "Url")]
    public async Task An_invalid_URL_is_refused_with_its_value(string url, string option) =>
        await RefusedAsync(o => o.Url = url, $"*LocalS3Options.{option} is '{url}'*http://127.0.0.1:5081*");

    [Fact]
    public async Task An_invalid_option_is_refused_with_its_value()
    {
        await RefusedAsync(o => o.Buckets = ["Not_Valid"], "*'Not_Valid'*lower-case*");
        await RefusedAsync(o => o.EventEndpoint = "/events", "*EventEndpoint is '/events'*http*");
        await RefusedAsync(o => o.VirtualHostSuffixes = [".localhost"], "*'.localhost'*leading dot*");
        await RefusedAsync(o => o.VirtualHostSuffixes = ["localhost:5081"], "*'localhost:5081'*without*port*");
        await RefusedAsync(o => o.AllowedOrigins = ["http://*.*"], "*'http://*.*'*at most one*");
        await RefusedAsync(o => o.AccessKey = "a/b", "*AccessKey is 'a/b'*");
        await RefusedAsync(o => o.SecretKey = "", "*SecretKey is empty*");
        await RefusedAsync(o => o.Region = "us east", "*Region is 'us east'*");
        await RefusedAsync(o => o.DataDirectory = " ", "*DataDirectory is empty*");
    }

    [Fact]
    public async Task A_failed_start_releases_the_folder()
    {
        await using var first = await LocalS3Server.StartAsync(Options());
        using var other = new TemporaryFolder();
        var taken = new LocalS3Options { Url = first.Endpoint.ToString(), DataDirectory = other.Path };
        await FluentActions.Awaiting(() => LocalS3Server.StartAsync(taken)).Should().ThrowAsync<IOException>();
        taken.Url = "http://127.0.0.1:0";
        await using var second = await LocalS3Server.StartAsync(taken);
    }

    private async Task RefusedAsync(Action<LocalS3Options> change, string message)
    {
        var options = Options();
        change(options);
        await FluentActions.Awaiting(() => LocalS3Server.StartAsync(options)).Should().ThrowAsync<OptionsValidationException>()
            .WithMessage(message);
    }

    private LocalS3Options Options() => new() { Url = "http://127.0.0.1:0", DataDirectory = _folder.Path };

    private IHost Build(string environment, Action<IServiceCollection>? services = null, Action<LocalS3Options>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = environment });
        builder.Services.AddLocalS3(options =>
        {
            options.Url = "http://127.0.0.1:0";
            options.DataDirectory = _folder.Path;
            configure?.Invoke(options);
        });
        services?.Invoke(builder.Services);
        return builder.Build();
    }

    private sealed class EarlyService(LocalS3Server server) : IHostedService
    {
        public int Status { get; private set; }

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            using var http = new HttpClient();
            Status = (int)(await http.GetAsync(server.Endpoint, cancellationToken)).StatusCode;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
    private static ServiceProvider CreateConfigured(Dictionary<string, string?> settings) =>
        new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddLocalS3().BuildServiceProvider();

}
