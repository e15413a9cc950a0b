namespace DirectUpload.AspNetCore.Tests.Flows;

/// <summary>What a grant does not allow, storage itself refuses; the grant stays good for the right upload.</summary>
public abstract class AlteredRequestTests(S3ServerFixture server) : FlowTests(server)
{
    [Theory]
    [InlineData("content-type", "text/html")]
    [InlineData("content-type", "IMAGE/PNG")]
    public async Task Put_AlteredHeader_IsRefusedAndTheUploadStillSucceeds(string header, string value)
    {
        var grant = await Client.GrantAsync();
        var altered = grant.Headers;
        altered[header] = value;
        (await StorageClient.PutAsync(grant.Url, altered, TestFiles.Png())).ShouldBe(403);
        await NothingHappenedAsync(grant);
    }

    [Theory]
    [InlineData(999)]
    [InlineData(1001)]
    public async Task Put_OtherSize_IsRefusedAndTheUploadStillSucceeds(int size)
    {
        var grant = await Client.GrantAsync();
        var altered = grant.Headers;
        altered.Remove("content-length");
        (await StorageClient.PutAsync(grant.Url, altered, TestFiles.Png(size))).ShouldBe(403);
        await NothingHappenedAsync(grant);
    }

    [Theory]
    [InlineData(999)]
    [InlineData(1001)]
    public async Task Post_OtherSize_IsRefusedAndTheUploadStillSucceeds(int size)
    {
        if (await Server.LacksAsync(S3Features.Forms))
            return;
        var grant = await Client.GrantAsync(TestUploadRequest.Form);
        (await StorageClient.PostAsync(grant.Url, grant.Fields, TestFiles.Png(size))).Code.Should().BeOneOf(400, 403, 413);
        await NothingHappenedAsync(grant);
    }

    [Theory]
    [InlineData("key", "form/elsewhere.png")]
    [InlineData("Content-Type", "text/html")]
    [InlineData("acl", "public-read")]
    public async Task Post_AlteredField_IsRefusedAndTheUploadStillSucceeds(string field, string value)
    {
        if (await Server.LacksAsync(S3Features.Forms))
            return;
        var grant = await Client.GrantAsync(TestUploadRequest.Form);
        var altered = grant.Fields;
        altered[altered.Keys.FirstOrDefault(name => name.Equals(field, StringComparison.OrdinalIgnoreCase)) ?? field] = value;
        (await StorageClient.PostAsync(grant.Url, altered, TestFiles.Png())).ShouldBe(403);
        await NothingHappenedAsync(grant);
    }

    [Fact]
    public async Task Put_UngrantedAcl_IsNotOnTheFinalObject()
    {
        var grant = await Client.GrantAsync();
        // AWS and LocalS3 refuse a header that is not signed; Ceph 16 takes it, for the staging object.
        var sent = await StorageClient.PutAsync(grant.Url, new(grant.Headers) { ["x-amz-acl"] = "public-read" }, TestFiles.Png());
        if (sent.Code != 200)
            await NothingHappenedAsync(grant);
        else
            (await Client.ConfirmAsync(grant)).ShouldBe(200);
        (await StorageClient.GetAsync($"{Server.Endpoint}/{Server.Bucket}/{(await App.RecordAsync(grant.Id)).FinalKey}"))
            .ShouldBe(Server.UnauthenticatedStatus);
        (await ContentAsync(grant)).ShouldBe(200);
    }

    [Fact]
    public async Task GrantUrl_GetOrDelete_IsRefused()
    {
        var grant = await ReadyAsync(TestFiles.Png());
        (await StorageClient.GetAsync(grant.Url)).ShouldBe(403);
        using var deleted = await Server.Http.DeleteAsync(new Uri(grant.Url), TestContext.Current.CancellationToken);
        deleted.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await ContentAsync(grant)).ShouldBe(200);
    }

    [Fact]
    public async Task Confirm_BeforeUpload_IsNotUploadedAndLaterSucceeds() =>
        await NothingHappenedAsync(await Client.GrantAsync());

    private async Task NothingHappenedAsync(Grant grant)
    {
        (await KeysOfAsync(grant)).Should().BeEmpty();
        (await Client.ConfirmAsync(grant)).ShouldBeProblem(409, "not-uploaded");
        (await Client.StatusAsync(grant))["status"].Should().Be("requested");
        (await StorageClient.UploadAsync(grant, TestFiles.Png())).Code.Should().BeInRange(200, 204);
        (await Client.ConfirmAsync(grant)).ShouldBe(200)["status"].Should().Be("ready");
    }
}
