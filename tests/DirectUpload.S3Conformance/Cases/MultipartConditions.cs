namespace DirectUpload.S3Conformance;

/// <summary>If-None-Match and If-Match on completing an upload.</summary>
public abstract class MultipartConditions(S3ServerFixture server) : MultipartSuite(server)
{
    [Fact]
    public async Task A_completion_that_must_create_creates() => Expect(await Complete("if-none-match", "*"), "200, hello");

    [Fact]
    public async Task A_completion_that_must_create_refuses_a_key_that_is_there()
    {
        await Store("before");
        Expect(await Complete("if-none-match", "*"), "412 PreconditionFailed, before");
    }

    [Fact]
    public async Task A_completion_that_must_create_refuses_a_key_that_came_meanwhile() =>
        Expect(await Complete("if-none-match", "*", meanwhile: () => Store("between")), "412 PreconditionFailed, between");

    [Fact]
    public async Task A_completion_that_must_create_conflicts_with_a_delete_meanwhile()
    {
        await Store("before");
        Expect(await Complete("if-none-match", "*", meanwhile: () => SendAuthorized(WireRequest.For("DELETE", Bucket, Key))),
            "409 ConditionalRequestConflict, nothing");
    }

    [Fact]
    public async Task Of_two_completions_that_must_create_one_does()
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
    public async Task A_completion_with_another_value_of_if_none_match_is_not_implemented()
    {
        var stored = await Store("before");
        Expect(await Complete("if-none-match", stored.ETag!), "501 NotImplemented, before");
    }

    [Fact]
    public async Task A_completion_that_would_replace_anything_is_not_implemented()
    {
        await Store("before");
        Expect(await Complete("if-match", "*"), "501 NotImplemented, before");
    }

    [Fact]
    public async Task A_completion_replaces_what_it_names()
    {
        var stored = await Store("before");
        Expect(await Complete("if-match", stored.ETag!), "200, hello");
    }

    [Fact]
    public async Task A_completion_refuses_to_replace_what_has_changed()
    {
        var stored = await Store("before");
        await Store("between");
        Expect(await Complete("if-match", stored.ETag!), "412 PreconditionFailed, between");
    }

    [Fact]
    public async Task A_completion_that_must_replace_needs_something_to_replace() =>
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
