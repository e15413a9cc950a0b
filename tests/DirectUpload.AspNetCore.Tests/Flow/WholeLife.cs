namespace DirectUpload.AspNetCore.Tests.Flow;

/// <summary>From the request to the deletion, by both methods.</summary>
public abstract class WholeLife(S3ServerFixture server) : FlowSuite(server)
{
    [Theory]
    [InlineData("picture", "PUT", false)]
    [InlineData("picture", "PUT", true)]
    [InlineData("form", "POST", false)]
    [InlineData("form", "POST", true)]
    public async Task An_upload_lives_from_request_to_deletion(string profile, string method, bool withChecksum)
    {
        if (await LacksAsync(profile))
            return;
        var bytes = Bytes.Png(filler: 7);
        var checksum = withChecksum ? Bytes.Sha256(bytes) : null;
        var grant = await Client.GrantAsync(new Wanted { Profile = profile, Size = bytes.Length, ChecksumSha256 = checksum });
        grant.Method.Should().Be(method);

        (await Browser.UploadAsync(grant, bytes)).Code.Should().BeInRange(200, 204);
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
    public async Task A_presigned_content_address_no_longer_works_once_it_is_deleted()
    {
        var grant = await ReadyAsync(Bytes.Png());
        var address = (await Client.ContentAsync(grant)).Header("location")!;
        (await Browser.GetAsync(address)).ShouldBe(200);
        await Client.DeleteAsync(grant);
        (await Browser.GetAsync(address)).ShouldBe(404);
    }

    [Fact]
    public async Task Deleting_twice_answers_the_same()
    {
        var grant = await ReadyAsync(Bytes.Png());
        (await Client.DeleteAsync(grant)).ShouldBe(204);
        (await Client.DeleteAsync(grant)).ShouldBe(204);
    }

    [Fact]
    public async Task Deleting_a_pending_upload_aborts_it_and_removes_what_had_arrived()
    {
        var grant = await UploadedAsync(Bytes.Png());
        (await KeysOfAsync(grant)).Should().HaveCount(1);
        (await Client.DeleteAsync(grant)).ShouldBe(204);
        (await Client.StatusAsync(grant))["status"].Should().Be("aborted");
        (await KeysOfAsync(grant)).Should().BeEmpty();
        (await Client.ConfirmAsync(grant)).ShouldBeProblem(409, "conflict");
    }

    [Fact]
    public async Task A_picture_is_shown_in_place_where_the_profile_says_so()
    {
        var grant = await ReadyAsync(Bytes.Png(), new Wanted { Profile = "shown" });
        (await ContentAsync(grant)).Header("content-disposition").Should().Be("inline; filename=\"holiday.png\"");
    }

    [Fact]
    public async Task A_page_is_downloaded_whatever_the_profile_says()
    {
        var page = "<!doctype html><script>alert(1)</script>"u8.ToArray();
        var grant = await ReadyAsync(page, new Wanted { Profile = "shown", FileName = "a.html", ContentType = "text/html", Size = page.Length });
        (await ContentAsync(grant)).Header("content-disposition").Should().Be("attachment; filename=\"a.html\"");
    }

    [Fact]
    public async Task The_read_token_in_the_query_opens_content()
    {
        var bytes = Bytes.Png();
        var grant = await ReadyAsync(bytes);
        var redirect = await Client.SendAsync(HttpMethod.Get, $"/{grant.Id}/content?token={grant.ReadToken}");
        (await Browser.GetAsync(redirect.ShouldBe(302).Header("location")!)).Body.Should().Equal(bytes);
    }

    [Fact]
    public async Task An_in_place_upload_is_served_from_where_it_was_sent()
    {
        if (await LacksAsync("in-place"))
            return;
        var bytes = Bytes.Png();
        var grant = await ReadyAsync(bytes, new Wanted { Profile = "in-place" });
        (await ContentAsync(grant)).Body.Should().Equal(bytes);
        (await KeysOfAsync(grant)).Should().ContainSingle().Which.Should().StartWith("in-place/");
        (await Client.DeleteAsync(grant)).ShouldBe(204);
        (await KeysOfAsync(grant)).Should().BeEmpty();
    }
}
