namespace DirectUpload.AspNetCore.Tests.Flows;

/// <summary>From the request to the deletion, by both methods.</summary>
public abstract class UploadFlowTests(S3ServerFixture server) : FlowTests(server)
{
    [Theory]
    [InlineData("picture", "PUT", false)]
    [InlineData("picture", "PUT", true)]
    [InlineData("form", "POST", false)]
    [InlineData("form", "POST", true)]
    public async Task Upload_FromRequestToDeletion(string profile, string method, bool withChecksum)
    {
        if (await LacksAsync(profile))
            return;
        var bytes = TestFiles.Png(filler: 7);
        var checksum = withChecksum ? TestFiles.Sha256(bytes) : null;
        var grant = await Client.GrantAsync(new TestUploadRequest { Profile = profile, Size = bytes.Length, ChecksumSha256 = checksum });
        grant.Method.Should().Be(method);

        (await StorageClient.UploadAsync(grant, bytes)).Code.Should().BeInRange(200, 204);
        (await Client.StatusAsync(grant)).ShouldBe(200)["status"].Should().Be("requested", "nobody has confirmed it");

        var confirmed = await Client.ConfirmAsync(grant);
        confirmed.ShouldBe(200)["status"].Should().Be("ready");
        confirmed["checksumSha256"].Should().Be(checksum);
        confirmed["contentUrl"].Should().Be($"/uploads/{grant.Id}/content");
        var status = await Client.StatusAsync(grant);
        status.ShouldBe(200).Text.Should().Be(confirmed.Text);

        var content = await ContentAsync(grant);
        content.ShouldBe(200).Body.Should().Equal(bytes);
        content.Header("content-type").Should().Be("image/png");
        content.Header("content-disposition").Should().Be("attachment; filename=\"holiday.png\"");

        (await Client.DeleteAsync(grant)).ShouldBe(204).Body.Should().BeEmpty();
        (await Client.ContentAsync(grant)).ShouldBeProblem(410, "deleted");
        (await Client.StatusAsync(grant))["status"].Should().Be("deleted");
        (await KeysOfAsync(grant)).Should().BeEmpty();
    }

    [Fact]
    public async Task ContentUrl_AfterDeletion_NoLongerWorks()
    {
        var grant = await ReadyAsync(TestFiles.Png());
        var address = (await Client.ContentAsync(grant)).Header("location")!;
        (await StorageClient.GetAsync(address)).ShouldBe(200);
        await Client.DeleteAsync(grant);
        (await StorageClient.GetAsync(address)).ShouldBe(404);
    }

    [Fact]
    public async Task Delete_Twice_ReturnsTheSame()
    {
        var grant = await ReadyAsync(TestFiles.Png());
        (await Client.DeleteAsync(grant)).ShouldBe(204);
        (await Client.DeleteAsync(grant)).ShouldBe(204);
    }

    [Fact]
    public async Task Delete_PendingUpload_AbortsAndDeletesTheObject()
    {
        var grant = await UploadedAsync(TestFiles.Png());
        (await KeysOfAsync(grant)).Should().HaveCount(1);
        (await Client.DeleteAsync(grant)).ShouldBe(204);
        (await Client.StatusAsync(grant))["status"].Should().Be("aborted");
        (await KeysOfAsync(grant)).Should().BeEmpty();
        (await Client.ConfirmAsync(grant)).ShouldBeProblem(409, "conflict");
    }

    [Fact]
    public async Task Content_PictureOfInlineProfile_IsInline()
    {
        var grant = await ReadyAsync(TestFiles.Png(), new TestUploadRequest { Profile = "shown" });
        (await ContentAsync(grant)).Header("content-disposition").Should().Be("inline; filename=\"holiday.png\"");
    }

    [Fact]
    public async Task Content_HtmlOfInlineProfile_IsAnAttachment()
    {
        var page = "<!doctype html><script>alert(1)</script>"u8.ToArray();
        var grant = await ReadyAsync(
            page, new TestUploadRequest { Profile = "shown", FileName = "a.html", ContentType = "text/html", Size = page.Length });
        (await ContentAsync(grant)).Header("content-disposition").Should().Be("attachment; filename=\"a.html\"");
    }

    [Fact]
    public async Task Content_ReadTokenInTheQuery_IsAccepted()
    {
        var bytes = TestFiles.Png();
        var grant = await ReadyAsync(bytes);
        var redirect = await Client.SendAsync(HttpMethod.Get, $"/{grant.Id}/content?token={grant.ReadToken}");
        (await StorageClient.GetAsync(redirect.ShouldBe(302).Header("location")!)).Body.Should().Equal(bytes);
    }

    [Fact]
    public async Task Content_InPlaceUpload_IsServedFromItsKey()
    {
        if (await LacksAsync("in-place"))
            return;
        var bytes = TestFiles.Png();
        var grant = await ReadyAsync(bytes, new TestUploadRequest { Profile = "in-place" });
        (await ContentAsync(grant)).Body.Should().Equal(bytes);
        (await KeysOfAsync(grant)).Should().ContainSingle().Which.Should().StartWith("in-place/");
        (await Client.DeleteAsync(grant)).ShouldBe(204);
        (await KeysOfAsync(grant)).Should().BeEmpty();
    }
}
