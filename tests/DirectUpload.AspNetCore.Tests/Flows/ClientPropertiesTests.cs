using System.Text.Json;
using DirectUpload.Processing;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.AspNetCore.Tests.Flows;

/// <summary>The properties of processors that a profile shows to clients, and those that it does not.</summary>
public sealed class ClientPropertiesTests : IAsyncLifetime
{
    private readonly LocalS3Fixture _s3 = new();
    private UploadApp _app = null!;

    public async ValueTask InitializeAsync()
    {
        await _s3.InitializeAsync();
        _app = await UploadApp.StartAsync(_s3.S3, _s3.Bucket, new()
        {
            Uploads = options =>
            {
                var picture = options.Profiles["picture"].AddProcessor<Reader>("reader");
                picture.ClientProperties.Add("width");
                picture.ClientProperties.Add("absent");
                options.AddProfile("silent", silent =>
                {
                    silent.ContentTypes.Add("image/png");
                    silent.AddProcessor<Reader>("reader");
                });
            },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _s3.DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("/events")]
    public async Task Ready_ShowsOnlyWhatTheProfileNames(string path)
    {
        var grant = await ReadyAsync("picture");

        var shown = await ReadAsync(grant, path);

        shown.GetProperty("properties").EnumerateObject().Select(one => (one.Name, one.Value.GetString())).Should().Equal(("width", "100"));
        (await _app.RecordAsync(grant.Id)).Properties.Should().Contain("engine", "secret");
    }

    [Fact]
    public async Task Ready_ProfileNamesNone_ShowsNone()
    {
        var shown = await ReadAsync(await ReadyAsync("silent"), "");

        shown.GetProperty("status").GetString().Should().Be("ready");
        shown.TryGetProperty("properties", out _).Should().BeFalse();
    }

    [Fact]
    public async Task Deleted_ShowsNone()
    {
        var grant = await ReadyAsync("picture");
        await _app.Services.GetRequiredService<IDirectUploadService>().DeleteAsync(
            UploadId.Parse(grant.Id), UploadAccess.Application, cancellationToken: TestContext.Current.CancellationToken);

        (await ReadAsync(grant, "/events")).TryGetProperty("properties", out _).Should().BeFalse();
    }

    private async Task<Grant> ReadyAsync(string profile)
    {
        var grant = await _app.Client.GrantAsync(new() { Profile = profile });
        (await new StorageClient(_s3.Http).UploadAsync(grant, TestFiles.Png())).ShouldBe(200);
        await _app.Client.ConfirmAsync(grant);
        await _app.Services.GetRequiredService<UploadWorker>().RunOnceAsync(TestContext.Current.CancellationToken);
        return grant;
    }

    /// <summary>Reads the status, or the last event of a stream that has ended.</summary>
    private async Task<JsonElement> ReadAsync(Grant grant, string path)
    {
        var answer = (await _app.Client.SendAsync(HttpMethod.Get, $"/{grant.Id}{path}", grant.ReadToken)).ShouldBe(200);
        var text = System.Text.Encoding.UTF8.GetString(answer.Body);
        var start = path.Length == 0 ? 0 : text.LastIndexOf("data: ", StringComparison.Ordinal) + "data: ".Length;
        return JsonSerializer.Deserialize<JsonElement>(text[start..]);
    }

    private sealed class Reader : IUploadProcessor
    {
        public Task<ProcessingResult> ProcessAsync(UploadProcessingContext context, CancellationToken cancellationToken)
        {
            context.SetProperty("width", "100");
            context.SetProperty("engine", "secret");
            return Task.FromResult(ProcessingResult.Accept);
        }
    }
}
