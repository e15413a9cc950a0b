namespace DirectUpload.S3Conformance.Suites;

/// <summary>ListParts and ListMultipartUploads.</summary>
public abstract class MultipartListing(S3ServerFixture server) : MultipartSuite(server)
{
    [Fact]
    public async Task Parts_are_listed_by_number_with_size_and_ETag()
    {
        var id = await Begin();
        await StorePart(id, 7, "seven");
        var etag = await StorePart(id, 2, "two");
        var answer = await SendAuthorized(Upload("GET", id));
        Expect($"{answer}, {Join(answer, "PartNumber")}, {Join(answer, "Size")}, {answer.GetElement("ETag") == $"\"{etag}\""}, " +
            $"{answer.GetElement("IsTruncated")}", "200, 2|7, 3|5, True, false");
    }

    [Fact]
    public async Task Parts_are_listed_in_pages()
    {
        var id = await Begin();
        foreach (var number in new[] { 1, 3, 5 }) await StorePart(id, number);
        var first = await SendAuthorized(Upload("GET", id).WithQuery("max-parts", "2"));
        var second = await SendAuthorized(Upload("GET", id).WithQuery("max-parts", "2")
            .WithQuery("part-number-marker", first.GetElement("NextPartNumberMarker")!));
        Expect(
            $"{Join(first, "PartNumber")} {first.GetElement("IsTruncated")}, {Join(second, "PartNumber")} " +
            $"{second.GetElement("IsTruncated")}",
            "1|3 true, 5 false");
    }

    [Fact]
    public async Task Parts_are_listed_after_a_missing_number()
    {
        var id = await Begin();
        foreach (var number in new[] { 1, 3, 5 }) await StorePart(id, number);
        Expect(Join(await SendAuthorized(Upload("GET", id).WithQuery("part-number-marker", "2")), "PartNumber"), "3|5");
    }

    [Fact]
    public async Task An_upload_without_parts_lists_none()
    {
        var answer = await SendAuthorized(Upload("GET", await Begin()));
        Expect($"{answer}, {answer.GetElements("PartNumber").Count()}, {answer.GetElement("IsTruncated")}", "200, 0, false");
    }

    [Theory]
    [InlineData("max-parts", "many")]
    [InlineData("max-parts", "-1")]
    [InlineData("part-number-marker", "first")]
    public async Task A_malformed_page_request_is_refused(string name, string value) =>
        Expect(
            $"{await SendAuthorized(Upload("GET", await Begin()).WithQuery(name, value))}", "400 InvalidArgument", of: $"{name}={value}");

    [Fact]
    public async Task Parts_of_an_unknown_upload_are_not_listed() =>
        Expect($"{await SendAuthorized(Upload("GET", "no-such-upload"))}", "404 NoSuchUpload");

    [Fact]
    public async Task Parts_are_not_listed_under_another_key()
    {
        var list = Upload("GET", await Begin()) with { Path = $"/{Bucket}/{Key}-other" };
        Expect($"{await SendAuthorized(list)}", "404 NoSuchUpload");
    }

    [Fact]
    public async Task Uploads_are_listed_by_key()
    {
        foreach (var name in new[] { "b", "a", "b" }) await Begin(key: $"{Key}/{name}");
        var answer = await SendAuthorized(List());
        Expect($"{answer}, {Keys(answer)}", "200, a|b|b");
    }

    [Fact]
    public async Task Uploads_under_one_key_are_listed_by_age()
    {
        // So many that no order is right by chance.
        var ids = new List<string>();
        for (var i = 0; i < 8; i++) ids.Add(await Begin(key: $"{Key}/a"));
        Expect($"{(await SendAuthorized(List())).GetElements("UploadId").SequenceEqual(ids)}", "True");
    }

    [Fact]
    public async Task The_pages_contain_every_upload_once()
    {
        foreach (var name in new[] { "a", "b", "b", "b", "c" }) await Begin(key: $"{Key}/{name}");
        var (keys, ids, pages) = (new List<string>(), new HashSet<string>(), 0);
        for (var next = List().WithQuery("max-uploads", "2"); pages < 9; pages++)
        {
            var answer = await SendAuthorized(next);
            keys.Add(Keys(answer));
            ids.UnionWith(answer.GetElements("UploadId"));
            if (answer.GetElement("IsTruncated") != "true") break;
            next = next.WithQuery("key-marker", answer.GetElement("NextKeyMarker")!)
                .WithQuery("upload-id-marker", answer.GetElement("NextUploadIdMarker")!);
        }
        Expect($"{string.Join(' ', keys)}, {ids.Count} uploads", "a|b b|b c, 5 uploads");
    }

    [Fact]
    public async Task A_delimiter_groups_uploads_by_common_prefix()
    {
        foreach (var name in new[] { "a", "b/1", "b/2", "c/d/e" }) await Begin(key: $"{Key}/{name}");
        var answer = await SendAuthorized(List().WithQuery("delimiter", "/"));
        var folders = answer.GetElements("Prefix").Where(p => p != $"{Key}/").Select(p => p[(Key.Length + 1)..]);
        Expect($"{Keys(answer)} and {string.Join('|', folders)}", "a and b/|c/");
    }

    [Fact]
    public async Task A_completed_or_aborted_upload_is_not_listed()
    {
        var done = await Begin(key: $"{Key}/");
        await SendAuthorized(WireRequest.ForObject("DELETE", Bucket, $"{Key}/").WithQuery("uploadId", done));
        Expect($"{(await SendAuthorized(List())).GetElements("UploadId").Count()}", "0");
    }

    private WireRequest List() => WireRequest.ForObject("GET", Bucket).WithQuery("uploads", "").WithQuery("prefix", $"{Key}/");

    private static string Join(WireResponse answer, string element) => string.Join('|', answer.GetElements(element));

    private string Keys(WireResponse answer) => string.Join('|', answer.GetElements("Key").Select(key => key[(Key.Length + 1)..]));
}
