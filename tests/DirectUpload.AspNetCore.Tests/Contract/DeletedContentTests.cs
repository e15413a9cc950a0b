using Microsoft.AspNetCore.Builder;

namespace DirectUpload.AspNetCore.Tests.Contract;

/// <summary>410 is for those who may read the upload; to everybody else it does not exist.</summary>
public sealed class DeletedContentTests : IAsyncLifetime
{
    private UploadApp? _app;

    private UploadApp App => _app!;

    public async ValueTask InitializeAsync() => _app = await UploadApp.StartAsync(new TestHostOptions
    {
        Services = TestSignIn.Add,
        Pipeline = TestSignIn.Use,
        Map = app =>
        {
            app.MapDirectUploads("/uploads").RequireAuthorization();
            app.MapDirectUploads("/proxied", options => options.ContentDelivery = ContentDelivery.Stream).RequireAuthorization();
        },
    });

    public ValueTask DisposeAsync() => App.DisposeAsync();

    [Theory]
    [InlineData(UploadStatus.Requested, 409, "conflict")]
    [InlineData(UploadStatus.Uploaded, 409, "conflict")]
    [InlineData(UploadStatus.Processing, 409, "conflict")]
    [InlineData(UploadStatus.Failed, 409, "conflict")]
    [InlineData(UploadStatus.Rejected, 410, "deleted")]
    [InlineData(UploadStatus.Aborted, 410, "deleted")]
    [InlineData(UploadStatus.Deleted, 410, "deleted")]
    [InlineData(UploadStatus.Expired, 410, "expired")]
    public async Task Content_EachStatus_DistinguishesDeletedFromNotReady(UploadStatus status, int code, string problem)
    {
        var grant = await App.Client.As("ada").GrantAsync();
        var record = await App.RecordAsync(grant.Id);
        (await App.Store.TryUpdateAsync(record with { Status = status }, TestContext.Current.CancellationToken)).Should().NotBeNull();

        foreach (var prefix in new[] { "/uploads", "/proxied" })
        {
            var anyone = App.ClientOf(prefix);
            (await anyone.ContentAsync(grant.Id, grant.ReadToken)).ShouldBeProblem(code, problem);
            (await anyone.ContentAsync(grant.Id, grant.WriteToken)).ShouldBeProblem(code, problem);
            (await anyone.As("ada").ContentAsync(grant.Id, null)).ShouldBeProblem(code, problem);
            (await anyone.SendAsync(HttpMethod.Get, $"/{grant.Id}/content?variant=small&token={grant.ReadToken}"))
                .ShouldBeProblem(code, problem);

            (await anyone.As("eve").ContentAsync(grant.Id, null)).ShouldBeProblem(404, "not-found");
            (await anyone.ContentAsync(grant.Id, UploadToken.Create().Value)).ShouldBeProblem(404, "not-found");
            (await anyone.ContentAsync(UploadId.Create(DateTimeOffset.UtcNow).ToString(), grant.ReadToken))
                .ShouldBeProblem(404, "not-found");
        }
    }
}
