namespace DirectUpload.S3Conformance;

/// <summary>ListObjectVersions, and what the plain listing makes of versions.</summary>
public abstract class VersionListing(S3ServerFixture server) : VersioningSuite(server)
{
    [Fact]
    public async Task The_newest_version_is_the_latest()
    {
        await KeepVersions();
        var ids = new[] { await StoreVersion("first"), await StoreVersion("second"), await Delete() };
        var answer = await SendAuthorized(List());
        Expect($"{answer}, {Latest(answer)}, {answer.Elements("VersionId").Order().SequenceEqual(ids.Order())}",
            "200, DeleteMarker, True");
    }

    [Fact]
    public async Task A_version_tells_size_and_etag_and_a_marker_does_not()
    {
        await KeepVersions();
        await StoreVersion("first");
        await StoreVersion("other");
        await Delete();
        var answer = await SendAuthorized(List());
        Expect($"{answer.Elements("VersionId").Count()}, {string.Join('|', answer.Elements("Size"))}, {answer.Elements("ETag").Count()}",
            "3, 5|5, 2");
    }

    [Fact]
    public async Task Versions_are_listed_in_pages_without_loss_or_repetition()
    {
        await KeepVersions();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++) ids.Insert(0, await StoreVersion($"{i}"));
        Expect($"{string.Join(' ', await Pages(List().WithQuery("max-keys", "2"))) == $"{ids[0]}|{ids[1]} {ids[2]}|{ids[3]} {ids[4]}"}", "True");
    }

    [Fact]
    public async Task A_page_goes_on_after_a_version_that_was_deleted_meanwhile()
    {
        await KeepVersions();
        var ids = new List<string>();
        for (var i = 0; i < 3; i++) ids.Insert(0, await StoreVersion($"{i}"));
        await SendAuthorized(Of("DELETE", ids[1]));
        var answer = await SendAuthorized(List().WithQuery("key-marker", Key).WithQuery("version-id-marker", ids[1]));
        Expect($"{answer}, {answer.Elements("VersionId").SequenceEqual([ids[2]])}", "200, True");
    }

    [Fact]
    public async Task Without_versions_an_object_is_listed_as_null()
    {
        var bucket = await Server.CreateBucketAsync();
        await StoreVersion("first", bucket);
        var answer = await SendAuthorized(List(bucket));
        Expect($"{answer.Element("VersionId")}, {answer.Element("IsLatest")}", "null, true");
    }

    [Fact]
    public async Task A_version_marker_without_a_key_marker_is_refused() =>
        Expect($"{await SendAuthorized(List().WithQuery("version-id-marker", "null"))}", "400 InvalidArgument");

    [Fact]
    public async Task The_plain_listing_names_what_is_current()
    {
        await KeepVersions();
        await StoreVersion("first");
        await StoreVersion("second!");
        var plain = WireRequest.For("GET", Bucket).WithQuery("list-type", "2").WithQuery("prefix", Key);
        var before = await SendAuthorized(plain);
        await Delete();
        Expect($"{string.Join('|', before.Elements("Size"))}, {(await SendAuthorized(plain)).Elements("Key").Count()} listed", "7, 0 listed");
    }

    private async Task<string> Delete() => (await SendAuthorized(Of("DELETE"))).Header("x-amz-version-id")!;

    private async Task<List<string>> Pages(WireRequest list)
    {
        var pages = new List<string>();
        while (pages.Count < 9)
        {
            var answer = await SendAuthorized(list);
            pages.Add(string.Join('|', answer.Elements("VersionId")));
            if (answer.Element("IsTruncated") != "true") break;
            list = list.WithQuery("key-marker", answer.Element("NextKeyMarker")!)
                .WithQuery("version-id-marker", answer.Element("NextVersionIdMarker")!);
        }
        return pages;
    }

    /// <summary>The element that says of itself that it is the latest.</summary>
    private static string Latest(WireAnswer answer) => string.Join('|', System.Xml.Linq.XDocument.Parse(answer.Text).Root!.Elements()
        .Where(e => e.Elements().Any(c => c is { Name.LocalName: "IsLatest", Value: "true" })).Select(e => e.Name.LocalName));
}
