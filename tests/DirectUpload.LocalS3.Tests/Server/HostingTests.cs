using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DirectUpload.LocalS3.Tests.Server;

public sealed class HostingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_host_starts_and_stops_it_and_hands_out_its_endpoint()
    {
        Uri endpoint;
        using (var host = Build("Development"))
        {
            host.Services.GetRequiredService<LocalS3Server>().Invoking(s => s.Endpoint).Should().Throw<InvalidOperationException>().WithMessage("*not started*");
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
    public async Task It_listens_before_any_other_service_starts()
    {
        using var host = Build("Development", services => services.Insert(0, ServiceDescriptor.Singleton<IHostedService, Early>()));
        await host.StartAsync();
        host.Services.GetServices<IHostedService>().OfType<Early>().Single().Status.Should().Be(403, "an anonymous request is refused, by a server that runs");
        await host.StopAsync();
    }

    [Fact]
    public async Task Production_is_refused_unless_it_is_asked_for()
    {
        using var refused = Build("Production");
        await FluentActions.Awaiting(() => refused.StartAsync()).Should().ThrowAsync<InvalidOperationException>().WithMessage("*Production*AllowInProduction*");
        using var allowed = Build("Production", configure: options => options.AllowInProduction = true);
        await allowed.StartAsync();
        await allowed.StopAsync();
    }

    [Fact]
    public void The_configuration_section_is_read_lists_replace_and_code_has_the_last_word()
    {
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LocalS3:Url"] = "http://127.0.0.1:6000",
            ["LocalS3:Buckets:0"] = "one",
            ["LocalS3:Buckets:1"] = "two",
            ["LocalS3:AllowedOrigins"] = "http://a, http://b",
            ["LocalS3:VirtualHostSuffixes"] = "s3.test",
            ["LocalS3:EventEndpoint"] = "http://a/events",
            ["LocalS3:Region"] = "eu-west-1",
            ["LocalS3:AllowInProduction"] = "true",
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
        provider.GetRequiredService<LocalS3Server>().Endpoint.Should().Be(new Uri("http://127.0.0.1:6000"), "a fixed port is known beforehand");
    }

    [Fact]
    public void Adding_it_twice_adds_one_server()
    {
        using var provider = new ServiceCollection().AddLocalS3(o => o.Region = "a").AddLocalS3(o => o.AccessKey = "B").BuildServiceProvider();
        provider.GetServices<IHostedService>().Should().ContainSingle();
        provider.GetRequiredService<IOptions<LocalS3Options>>().Value.Should().Match<LocalS3Options>(o => o.Region == "a" && o.AccessKey == "B");
    }

    [Theory]
    [InlineData("https://127.0.0.1:1", "Url")]
    [InlineData("http://example.com:1", "Url")]
    [InlineData("http://127.0.0.1:1/path", "Url")]
    [InlineData("127.0.0.1:1", "Url")]
    [InlineData("", "Url")]
    public async Task A_wrong_url_is_refused_with_its_value(string url, string option) =>
        await RefusedAsync(o => o.Url = url, $"*LocalS3Options.{option} is '{url}'*http://127.0.0.1:5081*");

    [Fact]
    public async Task Other_wrong_options_are_refused_with_their_value()
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
        await FluentActions.Awaiting(() => LocalS3Server.StartAsync(options)).Should().ThrowAsync<OptionsValidationException>().WithMessage(message);
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

    private sealed class Early(LocalS3Server server) : IHostedService
    {
        public int Status { get; private set; }

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            using var http = new HttpClient();
            Status = (int)(await http.GetAsync(server.Endpoint, cancellationToken)).StatusCode;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
