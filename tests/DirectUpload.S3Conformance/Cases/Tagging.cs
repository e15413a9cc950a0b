namespace DirectUpload.S3Conformance;

/// <summary>An object's tags, with the object, by themselves and through a copy.</summary>
public abstract class Tagging(S3ServerFixture server) : Suite(server)
{
    [Fact]
    public async Task Tags_that_were_put_are_read()
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
    public async Task Deleting_tags_leaves_the_object()
    {
        await Store();
        await SetTags(("a", "1"));
        Expect($"{await SendAuthorized(Tagged("DELETE"))}, {await Tags()}, {await Stored()}", "204, , hello");
    }

    [Fact]
    public async Task Putting_tags_changes_neither_the_etag_nor_the_date()
    {
        await Store();
        var before = await SendAuthorized(Head());
        await SetTags(("a", "1"));
        var after = await SendAuthorized(Head());
        Expect($"{after.ETag == before.ETag}, {after.Header("last-modified") == before.Header("last-modified")}", "True, True");
    }

    [Fact]
    public async Task A_head_tells_how_many_tags_there_are()
    {
        await Store();
        await SetTags(("a", "1"), ("b", "2"));
        Expect(Count(await SendAuthorized(Head())), "2");
    }

    [Fact]
    public async Task A_get_tells_how_many_tags_there_are()
    {
        await Store();
        await SetTags(("a", "1"));
        Expect(Count(await SendAuthorized(Get())), "1");
    }

    [Fact]
    public async Task An_untagged_object_s_head_tells_no_count()
    {
        await Store();
        Expect(Count(await SendAuthorized(Head())), "none");
    }

    [Fact]
    public async Task A_put_s_header_tags_the_object()
    {
        await SendAuthorized(Put().WithHeader("x-amz-tagging", "a=1&b=two%20words&c="));
        Expect(await Tags(), "a=1&b=two words&c=");
    }

    [Fact]
    public async Task A_tag_twice_in_the_header_is_refused() =>
        Expect(await Upload(Signer.Authorize(Put().WithHeader("x-amz-tagging", "a=1&a=2"))), "400 InvalidArgument, nothing");

    [Fact]
    public async Task A_form_s_field_tags_the_object()
    {
        const string xml = "<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet></Tagging>";
        await Send(new PostForm(Signer, Bucket).With("key", Key).With("tagging", xml).Build());
        Expect($"{await Stored()}, {await Tags()}", "hello, a=1");
    }

    [Fact]
    public async Task A_copy_takes_the_tags_along() => Expect(await CopiedTags(copy => copy), "a=1");

    [Fact]
    public async Task A_copy_that_replaces_the_tags_takes_the_request_s() => Expect(
        await CopiedTags(copy => copy.WithHeader("x-amz-tagging-directive", "REPLACE").WithHeader("x-amz-tagging", "b=2")), "b=2");

    [Fact]
    public async Task A_copy_that_replaces_the_tags_without_any_has_none() =>
        Expect(await CopiedTags(copy => copy.WithHeader("x-amz-tagging-directive", "REPLACE")), "");

    [Fact]
    public async Task Overwriting_an_object_loses_its_tags()
    {
        await SendAuthorized(Put().WithHeader("x-amz-tagging", "a=1"));
        await Store();
        Expect(await Tags(), "");
    }

    [Theory]
    [InlineData("GET", "404 NoSuchKey")]
    [InlineData("PUT", "404 NoSuchKey")]
    [InlineData("DELETE", "404 NoSuchKey")]
    public async Task Tags_of_a_missing_object_are_answered_404(string method, string aws) =>
        Expect($"{await (method == "PUT" ? SetTags(("a", "1")) : SendAuthorized(Tagged(method)))}", aws, of: method);

    [Theory]
    [InlineData(10, "200")]
    [InlineData(11, "400 BadRequest")]
    public async Task An_object_has_ten_tags_at_most(int tags, string aws)
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
    public async Task A_tag_is_held_to_its_lengths(int key, int value, string aws)
    {
        await Store();
        Expect($"{await SetTags((new string('k', key), new string('v', value)))}", aws, of: $"{key}, {value}");
    }

    [Fact]
    public async Task A_tag_twice_in_the_document_is_refused()
    {
        await Store();
        Expect($"{await SetTags(("a", "1"), ("a", "2"))}", "400 InvalidTag");
    }

    [Theory]
    [InlineData("a&lt;b")]
    [InlineData("a#b")]
    public async Task A_tag_with_another_sign_is_refused(string key)
    {
        await Store();
        Expect($"{await SetTags((key, "1"))}", "400 InvalidTag");
    }

    [Fact]
    public async Task A_tag_of_aws_s_own_is_refused()
    {
        await Store();
        Expect($"{await SetTags(("aws:a", "1"))}", "400 InvalidTag");
    }

    [Fact]
    public async Task A_tag_document_that_is_none_is_refused()
    {
        await Store();
        Expect($"{await SendAuthorized(Tagged("PUT").WithBody("<Tagging>").WithContentMd5())}", "400 MalformedXML");
    }

    [Fact]
    public async Task Without_a_signature_no_tags_are_read()
    {
        await SendAuthorized(Put().WithHeader("x-amz-acl", "public-read"));
        Expect($"{await Send(Tagged("GET"))}", "403 AccessDenied");
    }

    private WireRequest Tagged(string method, string? key = null) => WireRequest.For(method, Bucket, key ?? Key).WithQuery("tagging", "");

    private Task<WireAnswer> SetTags(params (string Key, string Value)[] tags) => SendAuthorized(Tagged("PUT").WithBody("<Tagging><TagSet>" +
        string.Concat(tags.Select(t => $"<Tag><Key>{t.Key}</Key><Value>{t.Value}</Value></Tag>")) + "</TagSet></Tagging>").WithContentMd5());

    private async Task<string> Tags(string? key = null)
    {
        var answer = await SendAuthorized(Tagged("GET", key));
        return string.Join('&', answer.Elements("Key").Zip(answer.Elements("Value"), (k, v) => $"{k}={v}").Order(StringComparer.Ordinal));
    }

    private async Task<string> CopiedTags(Func<WireRequest, WireRequest> bend)
    {
        await SendAuthorized(Put().WithHeader("x-amz-tagging", "a=1"));
        var copy = WireRequest.For("PUT", Bucket, Key + "-copy").WithHeader("x-amz-copy-source", $"/{Bucket}/{Key}");
        await SendAuthorized(bend(copy));
        return await Tags(Key + "-copy");
    }

    private static string Count(WireAnswer answer) => answer.Header("x-amz-tagging-count") ?? "none";
}
