namespace DirectUpload.S3Conformance;

/// <summary>ListParts and ListMultipartUploads.</summary>
public abstract class MultipartParts(S3ServerFixture server) : MultipartSuite(server)
{
    [Fact]
    public async Task Parts_are_listed_by_number_with_size_and_etag()
    {
        var id = await Begin();
        await StorePart(id, 7, "seven");
        var etag = await StorePart(id, 2, "two");
        var answer = await SendAuthorized(Upload("GET", id));
        Expect($"{answer}, {Join(answer, "PartNumber")}, {Join(answer, "Size")}, {answer.Element("ETag") == $"\"{etag}\""}, " +
            $"{answer.Element("IsTruncated")}", "200, 2|7, 3|5, True, false");
    }

    [Fact]
    public async Task Parts_are_listed_in_pages()
    {
        var id = await Begin();
        foreach (var number in new[] { 1, 3, 5 }) await StorePart(id, number);
        var first = await SendAuthorized(Upload("GET", id).WithQuery("max-parts", "2"));
        var second = await SendAuthorized(Upload("GET", id).WithQuery("max-parts", "2")
            .WithQuery("part-number-marker", first.Element("NextPartNumberMarker")!));
        Expect($"{Join(first, "PartNumber")} {first.Element("IsTruncated")}, {Join(second, "PartNumber")} {second.Element("IsTruncated")}",
            "1|3 true, 5 false");
    }

    [Fact]
    public async Task Parts_are_listed_after_a_number_that_is_not_there()
    {
        var id = await Begin();
        foreach (var number in new[] { 1, 3, 5 }) await StorePart(id, number);
        Expect(Join(await SendAuthorized(Upload("GET", id).WithQuery("part-number-marker", "2")), "PartNumber"), "3|5");
    }

    [Fact]
    public async Task An_upload_without_parts_lists_none()
    {
        var answer = await SendAuthorized(Upload("GET", await Begin()));
        Expect($"{answer}, {answer.Elements("PartNumber").Count()}, {answer.Element("IsTruncated")}", "200, 0, false");
    }

    [Theory]
    [InlineData("max-parts", "many")]
    [InlineData("max-parts", "-1")]
    [InlineData("part-number-marker", "first")]
    public async Task A_page_that_makes_no_sense_is_refused(string name, string value) =>
        Expect($"{await SendAuthorized(Upload("GET", await Begin()).WithQuery(name, value))}", "400 InvalidArgument", of: $"{name}={value}");

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
        Expect($"{(await SendAuthorized(List())).Elements("UploadId").SequenceEqual(ids)}", "True");
    }

    [Fact]
    public async Task Uploads_are_listed_in_pages_without_loss_or_repetition()
    {
        foreach (var name in new[] { "a", "b", "b", "b", "c" }) await Begin(key: $"{Key}/{name}");
        var (keys, ids, pages) = (new List<string>(), new HashSet<string>(), 0);
        for (var next = List().WithQuery("max-uploads", "2"); pages < 9; pages++)
        {
            var answer = await SendAuthorized(next);
            keys.Add(Keys(answer));
            ids.UnionWith(answer.Elements("UploadId"));
            if (answer.Element("IsTruncated") != "true") break;
            next = next.WithQuery("key-marker", answer.Element("NextKeyMarker")!)
                .WithQuery("upload-id-marker", answer.Element("NextUploadIdMarker")!);
        }
        Expect($"{string.Join(' ', keys)}, {ids.Count} uploads", "a|b b|b c, 5 uploads");
    }

    [Fact]
    public async Task A_delimiter_folds_uploads_that_lie_deeper()
    {
        foreach (var name in new[] { "a", "b/1", "b/2", "c/d/e" }) await Begin(key: $"{Key}/{name}");
        var answer = await SendAuthorized(List().WithQuery("delimiter", "/"));
        var folders = answer.Elements("Prefix").Where(p => p != $"{Key}/").Select(p => p[(Key.Length + 1)..]);
        Expect($"{Keys(answer)} and {string.Join('|', folders)}", "a and b/|c/");
    }

    [Fact]
    public async Task An_upload_that_ended_is_not_listed()
    {
        var done = await Begin(key: $"{Key}/");
        await SendAuthorized(WireRequest.For("DELETE", Bucket, $"{Key}/").WithQuery("uploadId", done));
        Expect($"{(await SendAuthorized(List())).Elements("UploadId").Count()}", "0");
    }

    private WireRequest List() => WireRequest.For("GET", Bucket).WithQuery("uploads", "").WithQuery("prefix", $"{Key}/");

    private static string Join(WireAnswer answer, string element) => string.Join('|', answer.Elements(element));

    private string Keys(WireAnswer answer) => string.Join('|', answer.Elements("Key").Select(key => key[(Key.Length + 1)..]));
}
