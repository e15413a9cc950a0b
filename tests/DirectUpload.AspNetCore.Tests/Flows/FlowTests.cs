using Amazon.S3.Model;

namespace DirectUpload.AspNetCore.Tests.Flows;

/// <summary>Cases that run against every S3 server of the kit, with a real host between.</summary>
public abstract class FlowTests(S3ServerFixture server) : IAsyncLifetime
{
    private UploadApp? app;

    protected S3ServerFixture Server => server;

    protected UploadApp App => app!;

    protected UploadClient Client => App.Client;

    protected StorageClient StorageClient => new(server.Http);

    protected virtual TestHostOptions HostOptions => new();

    /// <summary>The class's bucket, unless a suite sets one up for each test.</summary>
    protected string Bucket { get; private set; } = string.Empty;

    public virtual async ValueTask InitializeAsync() => await StartAsync(server.Bucket);

    protected async Task StartAsync(string bucket) => app = await UploadApp.StartAsync(server.S3, Bucket = bucket, HostOptions);

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (app is not null)
            await app.DisposeAsync();
    }

    /// <summary>Whether the server lacks what the profile's uploads need. It is held to that, and the case ends.</summary>
    protected async Task<bool> LacksAsync(string profile) => profile switch
    {
        "form" => await server.LacksAsync(S3Features.Forms),
        "in-place" => await server.LacksAsync(S3Features.ConditionalWrites),
        _ => false,
    };

    /// <summary>Requests and uploads as granted.</summary>
    protected async Task<Grant> UploadedAsync(byte[] bytes, TestUploadRequest? wanted = null)
    {
        var grant = await Client.GrantAsync(wanted ?? TestUploadRequest.FromPicture(bytes));
        (await StorageClient.UploadAsync(grant, bytes)).Code.Should().BeInRange(200, 204, "it is sent exactly as granted");
        return grant;
    }

    /// <summary>Requests, uploads and confirms.</summary>
    protected async Task<Grant> ReadyAsync(byte[] bytes, TestUploadRequest? wanted = null)
    {
        var grant = await UploadedAsync(bytes, wanted);
        var confirmed = await Client.ConfirmAsync(grant);
        confirmed.ShouldBe(200)["status"].Should().Be("ready");
        return grant;
    }

    /// <summary>Follows the content's redirect.</summary>
    protected async Task<ApiResponse> ContentAsync(Grant grant)
    {
        var redirect = await Client.ContentAsync(grant);
        redirect.ShouldBe(302);
        return await StorageClient.GetAsync(redirect.Header("location")!);
    }

    /// <summary>The keys of an upload's objects, as the bucket lists them.</summary>
    protected async Task<IReadOnlyList<string>> KeysOfAsync(Grant grant)
    {
        var list = await server.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket });
        list.IsTruncated.Should().NotBe(true);
        return [.. (list.S3Objects ?? []).Select(o => o.Key).Where(key => key.Contains(grant.Id))];
    }
}
