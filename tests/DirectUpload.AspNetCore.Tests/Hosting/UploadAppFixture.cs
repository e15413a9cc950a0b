namespace DirectUpload.AspNetCore.Tests.Hosting;

/// <summary>The plainest host, without storage, for the tests of one class that leave nothing behind.</summary>
public sealed class UploadAppFixture : IAsyncLifetime
{
    private UploadApp? app;

    public UploadApp App => app!;

    public UploadClient Client => App.Client;

    public async ValueTask InitializeAsync() => app = await UploadApp.StartAsync();

    public ValueTask DisposeAsync() => app!.DisposeAsync();
}
