namespace DirectUpload.S3Conformance.Suites;

/// <summary>If-None-Match and If-Match on completing an upload.</summary>
public abstract class MultipartConditions(S3ServerFixture server) : MultipartSuite(server)
{
    [Fact]
    public async Task A_create_only_completion_creates_the_object() => Expect(await Complete("if-none-match", "*"), "200, hello");

    [Fact]
    public async Task A_create_only_completion_refuses_an_existing_key()
    {
        await Store("before");
        Expect(await Complete("if-none-match", "*"), "412 PreconditionFailed, before");
    }

    [Fact]
    public async Task A_create_only_completion_refuses_a_later_object() =>
        Expect(await Complete("if-none-match", "*", meanwhile: () => Store("between")), "412 PreconditionFailed, between");

    [Fact]
    public async Task A_create_only_completion_conflicts_with_a_delete()
    {
        await Store("before");
        Expect(await Complete("if-none-match", "*", meanwhile: () => SendAuthorized(WireRequest.ForObject("DELETE", Bucket, Key))),
            "409 ConditionalRequestConflict, nothing");
    }

    [Fact]
    public async Task One_of_two_create_only_completions_succeeds()
    {
        var ids = new[] { await Begin(), await Begin() };
        var completions = new List<WireRequest>();
        foreach (var id in ids)
            completions.Add(Completion(id, (1, await StorePart(id, 1))).WithHeader("if-none-match", "*"));
        var answers = await Task.WhenAll(completions.Select(SendAuthorized));
        Expect(string.Join(", ", answers.Select(a => (int)a.Status is 200 ? "won" : (int)a.Status is 409 or 412 ? "lost" : $"{a}").Order()),
            "lost, won");
    }

    [Fact]
    public async Task If_none_match_ETag_on_completion_is_not_implemented()
    {
        var stored = await Store("before");
        Expect(await Complete("if-none-match", stored.ETag!), "501 NotImplemented, before");
    }

    [Fact]
    public async Task If_match_asterisk_on_completion_is_not_implemented()
    {
        await Store("before");
        Expect(await Complete("if-match", "*"), "501 NotImplemented, before");
    }

    [Fact]
    public async Task A_completion_with_the_current_ETag_replaces()
    {
        var stored = await Store("before");
        Expect(await Complete("if-match", stored.ETag!), "200, hello");
    }

    [Fact]
    public async Task A_completion_with_an_old_ETag_is_refused()
    {
        var stored = await Store("before");
        await Store("between");
        Expect(await Complete("if-match", stored.ETag!), "412 PreconditionFailed, between");
    }

    [Fact]
    public async Task A_completion_with_if_match_needs_an_object() =>
        Expect(await Complete("if-match", "\"5d41402abc4b2a76b9719d911017c592\""), "404 NoSuchKey, nothing");

    /// <summary>Begins an upload, lets something happen, and completes it under a condition.</summary>
    private async Task<string> Complete(string condition, string value, Func<Task>? meanwhile = null)
    {
        var id = await Begin();
        var part = await StorePart(id, 1);
        if (meanwhile is not null)
            await meanwhile();
        return await Outcome(Completion(id, (1, part)).WithHeader(condition, value));
    }
}
