using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DirectUpload.AspNetCore.Tests.StorageFailures;

/// <summary>Speaks HTTP where S3 should be, and does whatever the test says.</summary>
internal sealed class FakeStorageServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private FakeStorageServer(WebApplication app) => this.app = app;

    public string Endpoint => app.Urls.First();

    public static async Task<FakeStorageServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return new FakeStorageServer(app);
    }

    /// <summary>Answers every request with an error as S3 writes it.</summary>
    public static Task<FakeStorageServer> StartFailingAsync(int status, string code) => StartAsync(async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.WriteAsync($"<Error><Code>{code}</Code><Message>No.</Message></Error>");
    });

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
