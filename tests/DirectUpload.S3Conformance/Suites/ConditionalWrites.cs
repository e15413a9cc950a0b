namespace DirectUpload.S3Conformance.Suites;

/// <summary>If-None-Match and If-Match on a write.</summary>
public abstract class ConditionalWrites(S3ServerFixture server) : ConformanceSuite(server)
{
    [Fact]
    public async Task If_none_match_creates_a_new_object() => Expect(await SendAndRead(Creating()), "200, hello");

    [Fact]
    public async Task If_none_match_refuses_an_existing_key()
    {
        await Store("before");
        Expect(await SendAndRead(Creating()), "412 PreconditionFailed, before");
    }

    [Fact]
    public async Task If_none_match_creates_again_after_a_delete()
    {
        await Store("before");
        await SendAuthorized(WireRequest.ForObject("DELETE", Bucket, Key));
        Expect(await SendAndRead(Creating()), "200, hello");
    }

    [Fact]
    public async Task A_race_to_create_has_one_winner()
    {
        var bodies = Enumerable.Range(0, 16).Select(i => $"racer {i}").ToArray();
        var answers = await Task.WhenAll(bodies.Select(body => Send(Creating().WithBody(body))));
        var winners = bodies.Where((_, i) => (int)answers[i].Status == 200).ToArray();
        var losers = answers.Count(answer => (int)answer.Status is 412 or 409);
        var stored = await ReadStored();
        var kept = winners.Any(winner => winner == stored);
        Expect($"{winners.Length} won, {losers} lost, the winner's bytes are kept: {kept}",
            "1 won, 15 lost, the winner's bytes are kept: True");
    }

    [Fact]
    public async Task If_none_match_with_an_ETag_is_not_implemented()
    {
        var stored = await Store("before");
        Expect(await SendAndRead(Signer.Presign(Put().WithHeader("if-none-match", stored.ETag!))), "501 NotImplemented, before");
    }

    [Fact]
    public async Task If_match_with_the_current_ETag_replaces()
    {
        var stored = await Store("before");
        Expect(await SendAndRead(Signer.Presign(Put().WithHeader("if-match", stored.ETag!))), "200, hello");
    }

    [Fact]
    public async Task If_match_with_an_old_ETag_is_refused()
    {
        var stored = await Store("before");
        await Store("between");
        Expect(await SendAndRead(Signer.Presign(Put().WithHeader("if-match", stored.ETag!))), "412 PreconditionFailed, between");
    }

    [Fact]
    public async Task If_match_on_a_missing_key_returns_404() => Expect(
        await SendAndRead(Signer.Presign(Put().WithHeader("if-match", "\"5d41402abc4b2a76b9719d911017c592\""))), "404 NoSuchKey, nothing");

    [Fact]
    public async Task Both_conditions_at_once_are_not_implemented()
    {
        var stored = await Store("before");
        var both = Put().WithHeader("if-match", stored.ETag!).WithHeader("if-none-match", "*");
        Expect(await SendAndRead(Signer.Presign(both)), "501 NotImplemented, before");
    }

    private WireRequest Creating() => Signer.Presign(Put().WithHeader("if-none-match", "*"));
}
