namespace DirectUpload.AspNetCore.Tests.Refusals;

public sealed class A_token_that_does_not_open(AppFixture host) : IClassFixture<AppFixture>
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
    public async Task That_is_missing_is_asked_for_known_id_or_not(string method, string call)
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
    public async Task That_is_wrong_answers_byte_for_byte_like_an_unknown_id(string method, string call)
    {
        var grant = await Client.GrantAsync();
        var other = await Client.GrantAsync();
        Answer[] answers =
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
    public async Task That_only_reads_is_told_so_where_it_would_write(string method, string call)
    {
        var grant = await Client.GrantAsync();
        (await SendAsync(method, grant.Id, call, grant.ReadToken)).ShouldBeProblem(403, "token-invalid")["detail"].Should().Contain("write token");
        (await Client.StatusAsync(grant))["status"].Should().Be("requested");
    }

    [Fact]
    public async Task Both_tokens_show_the_status()
    {
        var grant = await Client.GrantAsync();
        (await Client.StatusAsync(grant.Id, grant.WriteToken)).ShouldBe(200).Text.Should().Be((await Client.StatusAsync(grant)).Text);
    }

    [Fact]
    public async Task In_the_query_counts_for_content_alone()
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
    public async Task In_the_query_and_malformed_is_not_found(string query)
    {
        var grant = await Client.GrantAsync();
        (await SendAsync("GET", grant.Id, "/content" + query.Replace("{0}", grant.ReadToken, StringComparison.Ordinal), null)).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Sent_twice_opens_nothing()
    {
        var grant = await Client.GrantAsync();
        var address = host.App.Http.BaseAddress!;
        var head = $"GET /uploads/{grant.Id} HTTP/1.1\nHost: {address.Authority}\nUpload-Token: {grant.ReadToken}\nUpload-Token: {OtherToken}\n";
        (await RawHttp.SendAsync(address, head, [])).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    public async Task Of_a_pending_upload_is_told_that_there_is_no_content_yet()
    {
        var grant = await Client.GrantAsync();
        (await Client.ContentAsync(grant)).ShouldBeProblem(409, "conflict")["detail"].Should().Contain("requested");
    }

    private Task<Answer> SendAsync(string method, string id, string call, string? token) => Client.SendAsync(new HttpMethod(method), $"/{id}{call}", token);

    private static string WithoutTrace(Answer answer)
    {
        var trace = answer["traceId"];
        return trace is null ? answer.Text : answer.Text.Replace(trace, "", StringComparison.Ordinal);
    }
}
