namespace DirectUpload.AspNetCore.Tests.Http;

public sealed class UploadTokenReaderTests(UploadAppFixture host) : IClassFixture<UploadAppFixture>
{
    private const string UnknownId = "0198f0c2a4b37d10b1e2c3d4e5f60718";
    private static readonly string OtherToken = new('A', 43);

    private UploadClient Client => host.Client;

    public static TheoryData<string, string> Calls => new()
    {
        { "POST", "/confirm" },
        { "GET", "" },
        { "DELETE", "" },
        { "GET", "/content" },
    };

    public static TheoryData<string, string> WritingCalls => new() { { "POST", "/confirm" }, { "DELETE", "" } };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Token_Missing_IsRequiredForAnyId(string method, string call)
    {
        var grant = await Client.GrantAsync();
        foreach (var id in (string[])[grant.Id, UnknownId, "nonsense"])
        {
            foreach (var token in (string?[])[null, ""])
                (await SendAsync(method, id, call, token)).ShouldBeProblem(401, "token-missing")["detail"].Should().Contain("Upload-Token");
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Token_Wrong_IsAnsweredLikeAnUnknownId(string method, string call)
    {
        var grant = await Client.GrantAsync();
        var other = await Client.GrantAsync();
        ApiResponse[] answers =
        [
            await SendAsync(method, grant.Id, call, OtherToken),
            await SendAsync(method, grant.Id, call, other.WriteToken),
            await SendAsync(method, grant.Id, call, other.ReadToken),
            await SendAsync(method, grant.Id, call, "short"),
            await SendAsync(method, grant.Id, call, grant.WriteToken + "A"),
            await SendAsync(method, grant.Id, call, new string('A', 4000)),
            await SendAsync(method, UnknownId, call, grant.WriteToken),
            await SendAsync(method, UnknownId, call, OtherToken),
            await SendAsync(method, grant.Id.ToUpperInvariant(), call, grant.WriteToken),
            await SendAsync(method, "nonsense", call, grant.WriteToken),
            await SendAsync(method, "..%2f" + grant.Id, call, grant.WriteToken),
            await SendAsync(method, Guid.Parse(grant.Id).ToString("D"), call, grant.WriteToken),
            await SendAsync(method, new string('f', 3000), call, grant.WriteToken),
        ];
        answers.Should().OnlyContain(answer => answer.Code == 404);
        answers[0].ShouldBeProblem(404, "not-found");
        answers.Select(WithoutTrace).Distinct().Should().ContainSingle();
        (await Client.StatusAsync(grant))["status"].Should().Be("requested");
    }

    [Theory]
    [MemberData(nameof(WritingCalls))]
    public async Task ReadToken_ForAWrite_IsForbidden(string method, string call)
    {
        var grant = await Client.GrantAsync();
        (await SendAsync(method, grant.Id, call, grant.ReadToken)).ShouldBeProblem(403, "token-invalid")["detail"]
            .Should().Contain("write token");
        (await Client.StatusAsync(grant))["status"].Should().Be("requested");
    }

    [Fact]
    public async Task Status_EitherToken_IsAccepted()
    {
        var grant = await Client.GrantAsync();
        (await Client.StatusAsync(grant.Id, grant.WriteToken)).ShouldBe(200).Text.Should().Be((await Client.StatusAsync(grant)).Text);
    }

    [Fact]
    public async Task Token_InTheQuery_IsForContentOnly()
    {
        var grant = await Client.GrantAsync();
        (await SendAsync("GET", grant.Id, $"?token={grant.ReadToken}", null)).ShouldBeProblem(401, "token-missing");
        (await SendAsync("POST", grant.Id, $"/confirm?token={grant.WriteToken}", null)).ShouldBeProblem(401, "token-missing");
        (await SendAsync("DELETE", grant.Id, $"?token={grant.WriteToken}", null)).ShouldBeProblem(401, "token-missing");
        (await SendAsync("GET", grant.Id, $"/content?token={grant.ReadToken}", null)).ShouldBeProblem(409, "conflict");
    }

    [Theory]
    [InlineData("?token=")]
    [InlineData("?token=short")]
    [InlineData("?token={0}&token={0}")]
    [InlineData("?token={0}%00")]
    public async Task Token_MalformedInTheQuery_IsNotFound(string query)
    {
        var grant = await Client.GrantAsync();
        (await SendAsync("GET", grant.Id, "/content" + query.Replace("{0}", grant.ReadToken, StringComparison.Ordinal), null))
            .ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Token_SentTwice_IsRefused()
    {
        var grant = await Client.GrantAsync();
        var address = host.App.Http.BaseAddress!;
        var head =
            $"GET /uploads/{grant.Id} HTTP/1.1\nHost: {address.Authority}\nUpload-Token: {grant.ReadToken}\nUpload-Token: {OtherToken}\n";
        (await RawHttp.SendAsync(address, head, [])).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Content_OfAPendingUpload_IsAConflict()
    {
        var grant = await Client.GrantAsync();
        (await Client.ContentAsync(grant)).ShouldBeProblem(409, "conflict")["detail"].Should().Contain("requested");
    }

    private Task<ApiResponse> SendAsync(string method, string id, string call, string? token) =>
        Client.SendAsync(new HttpMethod(method), $"/{id}{call}", token);

    private static string WithoutTrace(ApiResponse answer)
    {
        var trace = answer["traceId"];
        return trace is null ? answer.Text : answer.Text.Replace(trace, "", StringComparison.Ordinal);
    }
}
