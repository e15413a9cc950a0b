namespace DirectUpload.S3Conformance.Suites;

/// <summary>ListObjectVersions, and what the plain listing makes of versions.</summary>
public abstract class ListObjectVersions(S3ServerFixture server) : VersioningSuite(server)
{
    [Fact]
    public async Task The_newest_version_is_the_latest()
    {
        await EnableVersioning();
        var ids = new[] { await StoreVersion("first"), await StoreVersion("second"), await Delete() };
        var answer = await SendAuthorized(List());
        Expect($"{answer}, {Latest(answer)}, {answer.GetElements("VersionId").Order().SequenceEqual(ids.Order())}",
            "200, DeleteMarker, True");
    }

    [Fact]
    public async Task Versions_have_size_and_ETag_but_markers_do_not()
    {
        await EnableVersioning();
        await StoreVersion("first");
        await StoreVersion("other");
        await Delete();
        var answer = await SendAuthorized(List());
        Expect(
            $"{answer.GetElements("VersionId").Count()}, {string.Join('|', answer.GetElements("Size"))}, " +
            $"{answer.GetElements("ETag").Count()}",
            "3, 5|5, 2");
    }

    [Fact]
    public async Task The_pages_contain_every_version_once()
    {
        await EnableVersioning();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++) ids.Insert(0, await StoreVersion($"{i}"));
        Expect(
            $"{string.Join(' ', await Pages(List().WithQuery("max-keys", "2"))) == $"{ids[0]}|{ids[1]} {ids[2]}|{ids[3]} {ids[4]}"}",
            "True");
    }

    [Fact]
    public async Task A_page_continues_after_a_deleted_version()
    {
        await EnableVersioning();
        var ids = new List<string>();
        for (var i = 0; i < 3; i++) ids.Insert(0, await StoreVersion($"{i}"));
        await SendAuthorized(CreateRequest("DELETE", ids[1]));
        var answer = await SendAuthorized(List().WithQuery("key-marker", Key).WithQuery("version-id-marker", ids[1]));
        Expect($"{answer}, {answer.GetElements("VersionId").SequenceEqual([ids[2]])}", "200, True");
    }

    [Fact]
    public async Task An_unversioned_object_is_listed_as_null()
    {
        var bucket = await Server.CreateBucketAsync();
        await StoreVersion("first", bucket);
        var answer = await SendAuthorized(List(bucket));
        Expect($"{answer.GetElement("VersionId")}, {answer.GetElement("IsLatest")}", "null, true");
    }

    [Fact]
    public async Task A_version_marker_without_a_key_marker_is_refused() =>
        Expect($"{await SendAuthorized(List().WithQuery("version-id-marker", "null"))}", "400 InvalidArgument");

    [Fact]
    public async Task The_plain_listing_contains_current_versions_only()
    {
        await EnableVersioning();
        await StoreVersion("first");
        await StoreVersion("second!");
        var plain = WireRequest.ForObject("GET", Bucket).WithQuery("list-type", "2").WithQuery("prefix", Key);
        var before = await SendAuthorized(plain);
        await Delete();
        Expect(
            $"{string.Join('|', before.GetElements("Size"))}, {(await SendAuthorized(plain)).GetElements("Key").Count()} listed",
            "7, 0 listed");
    }

    private async Task<string> Delete() => (await SendAuthorized(CreateRequest("DELETE"))).GetHeader("x-amz-version-id")!;

    private async Task<List<string>> Pages(WireRequest list)
    {
        var pages = new List<string>();
        while (pages.Count < 9)
        {
            var answer = await SendAuthorized(list);
            pages.Add(string.Join('|', answer.GetElements("VersionId")));
            if (answer.GetElement("IsTruncated") != "true") break;
            list = list.WithQuery("key-marker", answer.GetElement("NextKeyMarker")!)
                .WithQuery("version-id-marker", answer.GetElement("NextVersionIdMarker")!);
        }
        return pages;
    }

    /// <summary>The element that says of itself that it is the latest.</summary>
    private static string Latest(WireResponse answer) => string.Join('|', System.Xml.Linq.XDocument.Parse(answer.Text).Root!.Elements()
        .Where(e => e.Elements().Any(c => c is { Name.LocalName: "IsLatest", Value: "true" })).Select(e => e.Name.LocalName));
}
