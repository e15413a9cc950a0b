using System.Collections.Concurrent;
using DirectUpload.Client;
using DirectUpload.Security.Tests.Table;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>Redirects that would lead the .NET client, and its tokens, elsewhere.</summary>
public sealed class ClientRedirectAttacks : IAsyncLifetime
{
    private const string Token = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private readonly ConcurrentQueue<string> _stolen = [];
    private WebApplication? _application;
    private WebApplication? _attacker;
    private string _redirect = "";
    private int _status;

    public async ValueTask InitializeAsync()
    {
        _attacker = await StartAsync(context =>
        {
            _stolen.Enqueue(
                $"{context.Request.Method} {context.Request.Path}: {context.Request.Headers["Upload-Token"]} " +
                $"{context.Request.Headers.Authorization}");
            return context.Response.WriteAsync("{}");
        });
        _application = await StartAsync(context =>
        {
            if (context.Request.Path.StartsWithSegments("/moved", StringComparison.Ordinal))
            {
                context.Response.ContentType = "application/json";
                return context.Response.WriteAsync(
                    $"{{\"id\":\"moved\",\"status\":\"ready\",\"profile\":\"{context.Request.Headers["Upload-Token"]}\"}}");
            }

            context.Response.StatusCode = _status;
            context.Response.Headers.Location = _redirect;
            return Task.CompletedTask;
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _application!.DisposeAsync();
        await _attacker!.DisposeAsync();
    }

    [Theory]
    [InlineData(301, "default")]
    [InlineData(302, "default")]
    [InlineData(303, "default")]
    [InlineData(307, "default")]
    [InlineData(308, "default")]
    [InlineData(307, "sockets")]
    [InlineData(307, "platform")]
    [InlineData(307, "wrapped")]
    [InlineData(307, "defaults")]
    [InlineData(308, "later")]
    [Attack(
        "an application, or a proxy in front of it, that redirects the .NET client to another host, to receive the upload's token and " +
        "the user's authorization",
        "no request is repeated at another origin, also with a primary handler of the application; the error names both origins")]
    public async Task Redirect_ToAnotherOrigin_IsNotFollowed(int status, string handler)
    {
        (_status, _redirect) = (status, $"{_attacker!.Urls.First()}/uploads/stolen?secret=1");
        var client = Client(handler);

        foreach (var call in new Func<Task>[]
        {
            () => client.GetAsync("0198c0de00000000000000000000beef", Token),
            () => client.AbortAsync(State()),
            () => client.UploadAsync(
                FileUploadSource.FromStream(new MemoryStream(new byte[10]), "a.bin"),
                new() { Profile = "any", FileName = "a.bin", ContentType = "text/plain" }),
        })
        {
            var refused = await call.Should().ThrowAsync<DirectUploadException>();
            refused.Which.Code.Should().Be("redirected");
            refused.Which.Detail.Should().Contain(_application!.Urls.First()).And.Contain(_attacker.Urls.First())
                .And.NotContain("secret").And.NotContain(Token);
        }

        _stolen.Should().BeEmpty();
    }

    [Fact]
    public async Task Redirect_FollowedByTheHandler_IsDetected()
    {
        (_status, _redirect) = (307, $"{_attacker!.Urls.First()}/uploads");
        using var follows = new HttpClient();
        using var storage = new HttpClient();
        var client = new DirectUploadClient(follows, storage, Options(new()));

        var refused = await FluentActions.Awaiting(() => client.GetAsync("0198c0de00000000000000000000beef", Token))
            .Should().ThrowAsync<DirectUploadException>();

        refused.Which.Code.Should().Be("redirected");
        refused.Which.Detail.Should().Contain("AllowAutoRedirect");
    }

    [Fact]
    public async Task Redirect_ToTheSameOrigin_KeepsTheToken()
    {
        (_status, _redirect) = (307, "/moved");

        var shown = await Client("default").GetAsync("0198c0de00000000000000000000beef", Token);

        (shown.Id, shown.Profile).Should().Be(("moved", Token));
    }

    private DirectUploadClient Client(string handler)
    {
        var services = new ServiceCollection();
        if (handler == "defaults")
            services.ConfigureHttpClientDefaults(http => http.ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler()));
        var http = services.AddDirectUploadClient(options => Options(options));
        _ = handler switch
        {
            "sockets" => http.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler()),
            "platform" => http.ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler()),
            "wrapped" => http.ConfigurePrimaryHttpMessageHandler(
                () => new SignIn { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = true } }),
            _ => http,
        };
        http.AddHttpMessageHandler(() => new SignIn());
        if (handler == "later")
            services.AddHttpClient(nameof(DirectUploadClient))
                .ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler { AllowAutoRedirect = true });
        return services.BuildServiceProvider().GetRequiredService<DirectUploadClient>();
    }

    private DirectUploadClientOptions Options(DirectUploadClientOptions options)
    {
        (options.ServerAddress, options.MaxRetries) = (new Uri(_application!.Urls.First() + "/uploads"), 0);
        return options;
    }

    private static FileUploadState State() => new()
    {
        Id = "0198c0de00000000000000000000beef",
        WriteToken = Token,
        ReadToken = Token,
        FileName = "a.bin",
        Size = 10,
        Method = FileUploadMethod.Put,
    };

    private static async Task<WebApplication> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return app;
    }

    private sealed class SignIn : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new("Bearer", "secret");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
