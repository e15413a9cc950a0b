using System.Text;
using System.Text.Json;

namespace DirectUpload.AspNetCore.Tests.Flows;

/// <summary>What a client reports about its failure when it gives an upload up.</summary>
public sealed class ReportedFailureTests(UploadAppFixture host) : IClassFixture<UploadAppFixture>
{
    [Theory]
    [InlineData("The disk was removed.", "The disk was removed.")]
    [InlineData("  S3 answered 403: AccessDenied 写真 👩‍👩‍👧  ", "S3 answered 403: AccessDenied 写真 👩‍👩‍👧")]
    [InlineData("one\r\ntwo\0\u202Eeert\u2028end", "one��two��eert�end")]
    public async Task Delete_WithReason_KeepsItCleanInTheRecord(string reason, string kept)
    {
        var grant = await host.Client.GrantAsync();

        (await DeleteAsync(grant, $"{{\"reason\":{Escape(reason)},\"more\":1}}")).ShouldBe(204);

        var error = (await host.App.RecordAsync(grant.Id)).Error!;
        (error.Code, error.Message).Should().Be(("client-reported", kept));
        var shown = JsonDocument.Parse((await host.Client.StatusAsync(grant)).Text).RootElement;
        shown.GetProperty("status").GetString().Should().Be("aborted");
        shown.GetProperty("error").GetProperty("code").GetString().Should().Be("client-reported");
        shown.GetProperty("error").GetProperty("detail").GetString().Should().Be(kept);
    }

    [Fact]
    public async Task Delete_LongReason_IsCut()
    {
        var grant = await host.Client.GrantAsync();
        (await DeleteAsync(grant, $"{{\"reason\":\"{new string('x', 5000)}\"}}")).ShouldBe(204);
        (await host.App.RecordAsync(grant.Id)).Error!.Message.Should().Be(new string('x', 1000));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"reason\":null}")]
    [InlineData("{\"reason\":\"  \"}")]
    [InlineData("")]
    public async Task Delete_WithoutReason_KeepsNoError(string body)
    {
        var grant = await host.Client.GrantAsync();
        (await DeleteAsync(grant, body)).ShouldBe(204);
        (await host.App.RecordAsync(grant.Id)).Should().Match<DirectUpload.Stores.UploadRecord>(
            record => record.Status == UploadStatus.Aborted && record.Error == null);
    }

    [Theory]
    [InlineData("{", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("{\"reason\":7}", "application/json")]
    [InlineData("{\"reason\":\"\\ud83d\"}", "application/json")]
    [InlineData("{\"reason\":\"x\"}", "text/plain")]
    [InlineData("reason=x", "application/x-www-form-urlencoded")]
    public async Task Delete_MalformedBody_ChangesNothing(string body, string contentType)
    {
        var grant = await host.Client.GrantAsync();
        (await DeleteAsync(grant, body, contentType)).ShouldBeProblem(400, "invalid-request");
        (await host.App.RecordAsync(grant.Id)).Status.Should().Be(UploadStatus.Requested);
    }

    [Fact]
    public async Task Delete_Again_KeepsTheFirstReason()
    {
        var grant = await host.Client.GrantAsync();
        (await DeleteAsync(grant, "{\"reason\":\"first\"}")).ShouldBe(204);
        (await DeleteAsync(grant, "{\"reason\":\"second\"}")).ShouldBe(204);
        (await host.App.RecordAsync(grant.Id)).Error!.Message.Should().Be("first");
    }

    private Task<ApiResponse> DeleteAsync(Grant grant, string body, string contentType = "application/json") =>
        host.Client.SendAsync(
            HttpMethod.Delete, $"/{grant.Id}", grant.WriteToken, new StringContent(body, Encoding.UTF8, contentType));

    // JsonSerializer would replace an unpaired surrogate.
    private static string Escape(string text) => $"\"{string.Concat(text.Select(c => $"\\u{(int)c:x4}"))}\"";
}
