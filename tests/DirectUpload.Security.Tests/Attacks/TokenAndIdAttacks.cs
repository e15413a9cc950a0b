using DirectUpload.Security.Tests.Table;
using DirectUpload.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Security.Tests.Attacks;

/// <summary>Who has no token has nothing; who has one has what it opens.</summary>
public sealed class TokenAndIdAttacks(LocalS3Fixture server) : FlowTests(server), IClassFixture<LocalS3Fixture>
{
    private static readonly string[] Calls =
    [
        "GET ", "GET /content", "GET /events", "GET /parts", "POST /confirm", "POST /renew", "POST /parts", "DELETE ",
    ];

    [Fact]
    [Attack("guessing tokens, thousands of them", "a token has 256 random bits, and only its hash is compared")]
    public async Task Token_ThousandsOfGuesses_AllFail()
    {
        var grant = await ReadyAsync(TestFiles.Png());
        await Parallel.ForAsync(
            0, 2000, async (_, _) => (await Client.StatusAsync(grant.Id, UploadToken.Create().Value)).ShouldBeProblem(404, "not-found"));
        var near = grant.ReadToken[..^1] + (grant.ReadToken[^1] == 'A' ? 'Q' : 'A');
        (await Client.StatusAsync(grant.Id, near)).ShouldBeProblem(404, "not-found");
    }

    [Fact]
    [Attack("finding out which uploads exist", "an unknown id and a wrong token get the same answer, byte for byte, from every call")]
    public async Task UnknownId_AndWrongToken_AreAnsweredAlike()
    {
        var grant = await ReadyAsync(TestFiles.Png());
        foreach (var call in Calls)
        {
            var there = await CallAsync(call, grant.Id, UploadToken.Create().Value);
            var nowhere = await CallAsync(call, UploadId.Create(DateTimeOffset.UtcNow).ToString(), UploadToken.Create().Value);
            there.ShouldBeProblem(404, "not-found");
            Plain(there).Should().Be(Plain(nowhere), call);
        }
    }

    [Fact]
    [Attack(
        "measuring how close a guess was by the time of the answer",
        "hashes are compared in constant time; a guess that differs in the last character takes as long as one that differs in the first")]
    public void Token_Comparison_TakesConstantTime()
    {
        var token = UploadToken.Create();
        var hash = token.Hash();
        var early = Parse((token.Value[0] == 'A' ? 'B' : 'A') + token.Value[1..]);
        var late = Parse(token.Value[..^1] + (token.Value[^1] == 'A' ? 'E' : 'A'));
        var (one, other) = (new List<long>(), new List<long>());
        for (var round = 0; round < 400; round++)
        {
            one.Add(Ticks(hash, early));
            other.Add(Ticks(hash, late));
        }

        // The quickest of many: what the machine does besides only ever adds.
        var ratio = one.Order().Take(40).Average() / other.Order().Take(40).Average();
        ratio.Should().BeInRange(0.7, 1.4);
        // And by structure: what is compared has nothing of the guess left in it.
        early.Hash().ToString()[..8].Should().NotBe(hash.ToString()[..8]);
        late.Hash().ToString()[..8].Should().NotBe(hash.ToString()[..8]);

        static UploadToken Parse(string text) => UploadToken.TryParse(text, out var token) ? token : throw new FormatException(text);

        static long Ticks(UploadTokenHash hash, UploadToken token)
        {
            var begun = System.Diagnostics.Stopwatch.GetTimestamp();
            for (var i = 0; i < 50; i++)
                _ = hash.Matches(token);
            return System.Diagnostics.Stopwatch.GetTimestamp() - begun;
        }
    }

    [Fact]
    [Attack("using the token of an upload for another one", "a token belongs to one upload")]
    public async Task Token_OfAnotherUpload_IsWrong()
    {
        var (mine, theirs) = (await ReadyAsync(TestFiles.Png()), await ReadyAsync(TestFiles.Png()));
        foreach (var call in Calls)
            (await CallAsync(call, theirs.Id, mine.WriteToken)).ShouldBeProblem(404, "not-found");
        (await App.RecordAsync(theirs.Id)).Status.Should().Be(UploadStatus.Ready);
    }

    [Fact]
    [Attack("confirming, renewing, signing parts or deleting with a shared read token", "every change needs the write token")]
    public async Task ReadToken_ForAWrite_IsRefused()
    {
        var grant = await UploadedAsync(TestFiles.Png());
        foreach (var call in new[] { "POST /confirm", "POST /renew", "POST /parts", "GET /parts", "DELETE " })
            (await CallAsync(call, grant.Id, grant.ReadToken)).ShouldBeProblem(403, "token-invalid");
        (await App.RecordAsync(grant.Id)).Status.Should().Be(UploadStatus.Requested);
    }

    [Fact]
    [Attack("sending the write token in a URL, where it is logged", "only content and events accept a token in the query")]
    public async Task WriteToken_InTheUrl_IsRefused()
    {
        var grant = await UploadedAsync(TestFiles.Png());
        foreach (var (method, path) in new[]
        {
            (HttpMethod.Post, "/confirm"), (HttpMethod.Get, ""), (HttpMethod.Delete, ""), (HttpMethod.Post, "/renew"),
        })
            (await Client.SendAsync(method, $"/{grant.Id}{path}?token={grant.WriteToken}")).ShouldBeProblem(401, "token-missing");
    }

    [Theory]
    [InlineData("two headers")]
    [InlineData("a list")]
    [InlineData("spaces")]
    [InlineData("a longer one")]
    [InlineData("padding")]
    [InlineData("other digits")]
    [Attack(
        "writing a token so that two readers read it differently: twice, as a list, padded, in other digits",
        "a token is 43 characters of base64url, once")]
    public async Task Token_Ambiguous_IsRefused(string how)
    {
        var grant = await ReadyAsync(TestFiles.Png());
        var token = grant.ReadToken;
        var sent = how switch
        {
            "a list" => $"{token},{token}",
            "spaces" => $"{token[..20]} {token[20..]}",
            "a longer one" => token + "A",
            "padding" => token + "=",
            "other digits" => string.Concat(token.Select(c => char.IsAsciiDigit(c) ? (char)(c - '0' + 0xFF10) : c)) +
                (token.Any(char.IsAsciiDigit) ? "" : "１"),
            _ => token,
        };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/uploads/{grant.Id}");
        request.Headers.TryAddWithoutValidation("Upload-Token", how == "two headers"
            ? [token, UploadToken.Create().Value]
            : new[] { sent.Any(c => c > 127) ? Uri.EscapeDataString(sent) : sent });
        using var response = await App.Http.SendAsync(request);

        (await ApiResponse.FromAsync(response)).Code.Should().BeOneOf(401, 404);
    }

    [Fact]
    [Attack(
        "reading the store, a backup of it, or the input of event handlers and webhooks", "they contain hashes, no tokens, and no URLs")]
    public async Task Records_AndWebhooks_ContainNoToken()
    {
        var grant = await ReadyAsync(TestFiles.Png());
        var record = System.Text.Json.JsonSerializer.Serialize(await App.RecordAsync(grant.Id));

        record.Should().NotContain(grant.ReadToken).And.NotContain(grant.WriteToken).And.NotContain("X-Amz").And.NotContain("http");
        grant.ReadToken.Should().NotBe(grant.WriteToken);
    }

    [Fact]
    [Attack("deriving the next upload's id from an id", "74 bits of an id are random, and an id alone gives no access")]
    public void Ids_AreNotPredictable()
    {
        var now = DateTimeOffset.UtcNow;
        var ids = Enumerable.Range(0, 20_000).Select(_ => UploadId.Create(now).ToString()).ToArray();

        ids.Should().OnlyHaveUniqueItems();
        // Each of the random digits takes each value: none is a counter.
        foreach (var digit in Enumerable.Range(13, 3).Concat(Enumerable.Range(17, 15)))
            ids.Select(id => id[digit]).Distinct().Should().HaveCount(16);
    }

    [Fact]
    [Attack(
        "using a link that was revoked, or has expired",
        "a rotated, revoked or expired read token is treated like a wrong one, immediately")]
    public async Task ReadToken_RotatedRevokedOrExpired_IsWrong()
    {
        var grant = await ReadyAsync(TestFiles.Png());
        var uploads = App.Services.GetRequiredService<IDirectUploadService>();
        var rotated = (await uploads.RotateReadTokenAsync(
            UploadId.Parse(grant.Id), TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken)).Value.Value;

        (await Client.ContentAsync(grant)).ShouldBeProblem(404, "not-found");
        await Task.Delay(400, TestContext.Current.CancellationToken);
        foreach (var call in new[] { "GET ", "GET /content", "GET /events" })
            (await CallAsync(call, grant.Id, rotated)).ShouldBeProblem(404, "not-found");
    }

    private Task<ApiResponse> CallAsync(string call, string id, string token)
    {
        var (method, path) = (call.Split(' ')[0], call.Split(' ')[1]);
        return Client.SendAsync(
            new HttpMethod(method), $"/{id}{path}", token,
            path == "/parts" && method == "POST" ? System.Net.Http.Json.JsonContent.Create(new { partNumbers = new[] { 1 } }) : null);
    }

    private static string Plain(ApiResponse answer) =>
        $"{answer.Code} {System.Text.RegularExpressions.Regex.Replace(answer.Text, "\"traceId\":\"[^\"]*\"", "")} " +
        $"{string.Join(' ', answer.Headers.Where(it => it.Key != "date").OrderBy(it => it.Key).Select(it => $"{it.Key}={it.Value}"))}";
}
