namespace DirectUpload.S3Conformance.Suites;

/// <summary>ListObjects, the first version.</summary>
public abstract class ListObjectsV1(S3ServerFixture server) : ConformanceSuite(server)
{
    private static readonly string[] Names = ["a b", "b/1", "b/2", "b/c/3", "c", "d/4", "\u00e9"];

    [Fact]
    public async Task A_listing_is_in_UTF8_order() => Expect(Keys(await Listed()), string.Join('|', Names));

    [Fact]
    public async Task A_listing_repeats_the_request_s_parameters()
    {
        var answer = await Listed(("max-keys", "5"), ("marker", "MARKER"), ("delimiter", "/"));
        var returned = new[] { "Name", "Prefix", "MaxKeys", "Marker", "Delimiter" }.Select(name => answer.GetElement(name));
        Expect(Plain(string.Join(", ", returned)), "BUCKET, KEY/, 5, KEY/MARKER, /");
    }

    [Fact]
    public async Task A_listing_has_a_marker_element_by_default()
    {
        var answer = await Listed();
        Expect($"{answer.Text.Contains("<Marker", StringComparison.Ordinal)}, {answer.GetElement("IsTruncated")}", "True, false");
    }

    [Fact]
    public async Task A_listing_continues_after_the_marker() => Expect(Keys(await Listed(("marker", "b/2"))), "b/c/3|c|d/4|\u00e9");

    [Fact]
    public async Task A_marker_does_not_need_to_be_a_key() => Expect(Keys(await Listed(("marker", "b/15"))), "b/2|b/c/3|c|d/4|\u00e9");

    [Fact]
    public async Task A_page_without_a_delimiter_has_no_next_marker()
    {
        var answer = await Listed(("max-keys", "2"));
        Expect(Plain($"{Keys(answer)}, {answer.GetElement("IsTruncated")}, {answer.GetElement("NextMarker") ?? "none"}"),
            "a b|b/1, true, none");
    }

    [Fact]
    public async Task A_page_with_a_delimiter_has_a_next_marker()
    {
        var answer = await Listed(("max-keys", "2"), ("delimiter", "/"));
        Expect(Plain($"{Keys(answer)}, {Prefixes(answer)}, {answer.GetElement("NextMarker") ?? "none"}"), "a b, b/, KEY/b/");
    }

    [Fact]
    public async Task A_common_prefix_as_marker_skips_its_keys()
    {
        var answer = await Listed(("marker", "b/"), ("delimiter", "/"));
        Expect($"{Keys(answer)}, {Prefixes(answer)}", "c|\u00e9, d/");
    }

    [Fact]
    public async Task The_last_page_has_no_next_marker()
    {
        var answer = await Listed(("marker", "c"), ("delimiter", "/"));
        Expect($"{answer.GetElement("IsTruncated")}, {answer.GetElement("NextMarker") ?? "none"}", "false, none");
    }

    [Fact]
    public async Task A_listing_contains_the_owner()
    {
        var answer = await Listed(("max-keys", "1"));
        Expect($"{answer.GetElements("ID").Count()}, {answer.GetElement("Size")}, {answer.GetElement("StorageClass")}", "1, 1, STANDARD");
    }

    [Fact]
    public async Task Keys_and_markers_are_encoded_on_request()
    {
        var answer = await Listed(("marker", "a b"), ("encoding-type", "url"));
        Expect(Plain(
            $"{answer.GetElement("Marker")?.Replace("+", "%20")}, {answer.GetElements("Key").Last()}, {answer.GetElement("EncodingType")}"),
            "KEY/a%20b, KEY/%C3%A9, url");
    }

    [Fact]
    public async Task A_page_of_size_zero_is_not_truncated()
    {
        var answer = await Listed(("max-keys", "0"));
        Expect($"{answer}, {Keys(answer)}, {answer.GetElement("IsTruncated")}", "200, , false");
    }

    [Fact]
    public async Task A_page_size_that_is_not_a_number_is_refused() =>
        Expect($"{await Listed(("max-keys", "many"))}", "400 InvalidArgument");

    [Fact]
    public async Task An_unknown_encoding_is_refused() => Expect($"{await Listed(("encoding-type", "base64"))}", "400 InvalidArgument");

    [Fact]
    public async Task Listing_by_version_1_needs_a_signature() =>
        Expect($"{await Send(WireRequest.ForObject("GET", Bucket))}", "403 AccessDenied");

    private async Task<WireResponse> Listed(params (string Name, string Value)[] asked)
    {
        foreach (var name in Names) await Store("x", key: $"{Key}/{name}");
        var list = WireRequest.ForObject("GET", Bucket).WithQuery("prefix", Key + "/");
        return await SendAuthorized(asked.Aggregate(list, (request, parameter) =>
            request.WithQuery(parameter.Name, parameter.Name == "marker" ? $"{Key}/{parameter.Value}" : parameter.Value)));
    }

    private string Keys(WireResponse answer) => string.Join('|', answer.GetElements("Key").Select(key => key[(Key.Length + 1)..]));

    private string Prefixes(WireResponse answer) => string.Join('|',
        answer.GetElements("Prefix").Skip(1).Select(prefix => prefix[(Key.Length + 1)..]));

    private string Plain(string text) =>
        text.Replace(Key, "KEY", StringComparison.Ordinal).Replace(Bucket, "BUCKET", StringComparison.Ordinal);
}
