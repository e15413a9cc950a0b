namespace DirectUpload.S3Conformance.Suites;

/// <summary>An object's tags, with the object, by themselves and through a copy.</summary>
public abstract class ObjectTagging(S3ServerFixture server) : ConformanceSuite(server)
{
    [Fact]
    public async Task Tags_round_trip()
    {
        await Store();
        var put = await SetTags(("b", "2"), ("a", "1 +-=._:/@"));
        Expect($"{put}, {await Tags()}", "200, a=1 +-=._:/@&b=2");
    }

    [Fact]
    public async Task Tags_of_an_untagged_object_are_an_empty_list()
    {
        await Store();
        var answer = await SendAuthorized(Tagged("GET"));
        Expect($"{answer}, {answer.Text.Contains("TagSet", StringComparison.Ordinal)}, {await Tags()}", "200, True, ");
    }

    [Fact]
    public async Task Putting_tags_replaces_all_of_them()
    {
        await Store();
        await SetTags(("a", "1"), ("b", "2"));
        await SetTags(("c", "3"));
        Expect(await Tags(), "c=3");
    }

    [Fact]
    public async Task Deleting_tags_does_not_delete_the_object()
    {
        await Store();
        await SetTags(("a", "1"));
        Expect($"{await SendAuthorized(Tagged("DELETE"))}, {await Tags()}, {await ReadStored()}", "204, , hello");
    }

    [Fact]
    public async Task Putting_tags_changes_neither_the_ETag_nor_the_date()
    {
        await Store();
        var before = await SendAuthorized(Head());
        await SetTags(("a", "1"));
        var after = await SendAuthorized(Head());
        Expect($"{after.ETag == before.ETag}, {after.GetHeader("last-modified") == before.GetHeader("last-modified")}", "True, True");
    }

    [Fact]
    public async Task A_head_returns_the_tag_count()
    {
        await Store();
        await SetTags(("a", "1"), ("b", "2"));
        Expect(Count(await SendAuthorized(Head())), "2");
    }

    [Fact]
    public async Task A_get_returns_the_tag_count()
    {
        await Store();
        await SetTags(("a", "1"));
        Expect(Count(await SendAuthorized(Get())), "1");
    }

    [Fact]
    public async Task A_head_of_an_untagged_object_returns_no_count()
    {
        await Store();
        Expect(Count(await SendAuthorized(Head())), "none");
    }

    [Fact]
    public async Task A_put_header_tags_the_object()
    {
        await SendAuthorized(Put().WithHeader("x-amz-tagging", "a=1&b=two%20words&c="));
        Expect(await Tags(), "a=1&b=two words&c=");
    }

    [Fact]
    public async Task A_duplicate_tag_in_the_header_is_refused() =>
        Expect(await SendAndRead(Signer.Authorize(Put().WithHeader("x-amz-tagging", "a=1&a=2"))), "400 InvalidArgument, nothing");

    [Fact]
    public async Task A_form_field_tags_the_object()
    {
        const string xml = "<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet></Tagging>";
        await Send(new PostForm(Signer, Bucket).With("key", Key).With("tagging", xml).Build());
        Expect($"{await ReadStored()}, {await Tags()}", "hello, a=1");
    }

    [Fact]
    public async Task A_copy_has_the_source_s_tags() => Expect(await CopiedTags(copy => copy), "a=1");

    [Fact]
    public async Task A_copy_can_replace_the_tags() => Expect(
        await CopiedTags(copy => copy.WithHeader("x-amz-tagging-directive", "REPLACE").WithHeader("x-amz-tagging", "b=2")), "b=2");

    [Fact]
    public async Task A_copy_can_remove_the_tags() =>
        Expect(await CopiedTags(copy => copy.WithHeader("x-amz-tagging-directive", "REPLACE")), "");

    [Fact]
    public async Task Overwriting_an_object_removes_its_tags()
    {
        await SendAuthorized(Put().WithHeader("x-amz-tagging", "a=1"));
        await Store();
        Expect(await Tags(), "");
    }

    [Theory]
    [InlineData("GET", "404 NoSuchKey")]
    [InlineData("PUT", "404 NoSuchKey")]
    [InlineData("DELETE", "404 NoSuchKey")]
    public async Task Tags_of_a_missing_object_return_404(string method, string aws) =>
        Expect($"{await (method == "PUT" ? SetTags(("a", "1")) : SendAuthorized(Tagged(method)))}", aws, of: method);

    [Theory]
    [InlineData(10, "200")]
    [InlineData(11, "400 BadRequest")]
    public async Task An_object_has_at_most_ten_tags(int tags, string aws)
    {
        await Store();
        Expect($"{await SetTags([.. Enumerable.Range(0, tags).Select(i => ($"k{i}", "v"))])}", aws, of: $"{tags}");
    }

    [Theory]
    [InlineData(1, 0, "200")]
    [InlineData(128, 256, "200")]
    [InlineData(0, 1, "400 InvalidTag")]
    [InlineData(129, 1, "400 InvalidTag")]
    [InlineData(1, 257, "400 InvalidTag")]
    public async Task A_tag_s_key_and_value_lengths_are_limited(int key, int value, string aws)
    {
        await Store();
        Expect($"{await SetTags((new string('k', key), new string('v', value)))}", aws, of: $"{key}, {value}");
    }

    [Fact]
    public async Task A_duplicate_tag_in_the_document_is_refused()
    {
        await Store();
        Expect($"{await SetTags(("a", "1"), ("a", "2"))}", "400 InvalidTag");
    }

    [Theory]
    [InlineData("a&lt;b")]
    [InlineData("a#b")]
    public async Task A_tag_with_an_invalid_character_is_refused(string key)
    {
        await Store();
        Expect($"{await SetTags((key, "1"))}", "400 InvalidTag");
    }

    [Fact]
    public async Task A_tag_with_the_AWS_prefix_is_refused()
    {
        await Store();
        Expect($"{await SetTags(("aws:a", "1"))}", "400 InvalidTag");
    }

    [Fact]
    public async Task A_malformed_tag_document_is_refused()
    {
        await Store();
        Expect($"{await SendAuthorized(Tagged("PUT").WithBody("<Tagging>").WithContentMd5())}", "400 MalformedXML");
    }

    [Fact]
    public async Task Reading_tags_needs_a_signature()
    {
        await SendAuthorized(Put().WithHeader("x-amz-acl", "public-read"));
        Expect($"{await Send(Tagged("GET"))}", "403 AccessDenied");
    }

    private WireRequest Tagged(string method, string? key = null) =>
        WireRequest.ForObject(method, Bucket, key ?? Key).WithQuery("tagging", "");

    private Task<WireResponse> SetTags(params (string Key, string Value)[] tags) =>
        SendAuthorized(Tagged("PUT").WithBody("<Tagging><TagSet>" +
            string.Concat(tags.Select(t => $"<Tag><Key>{t.Key}</Key><Value>{t.Value}</Value></Tag>")) +
            "</TagSet></Tagging>").WithContentMd5());

    private async Task<string> Tags(string? key = null)
    {
        var answer = await SendAuthorized(Tagged("GET", key));
        return string.Join(
            '&', answer.GetElements("Key").Zip(answer.GetElements("Value"), (k, v) => $"{k}={v}").Order(StringComparer.Ordinal));
    }

    private async Task<string> CopiedTags(Func<WireRequest, WireRequest> bend)
    {
        await SendAuthorized(Put().WithHeader("x-amz-tagging", "a=1"));
        var copy = WireRequest.ForObject("PUT", Bucket, Key + "-copy").WithHeader("x-amz-copy-source", $"/{Bucket}/{Key}");
        await SendAuthorized(bend(copy));
        return await Tags(Key + "-copy");
    }

    private static string Count(WireResponse answer) => answer.GetHeader("x-amz-tagging-count") ?? "none";
}
