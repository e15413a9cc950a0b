namespace DirectUpload.S3Conformance;

/// <summary>ListObjects, the first version.</summary>
public abstract class ListingV1(S3ServerFixture server) : Suite(server)
{
    private static readonly string[] Names = ["a b", "b/1", "b/2", "b/c/3", "c", "d/4", "\u00e9"];

    [Fact]
    public async Task A_listing_has_the_keys_in_utf8_order() => Expect(Keys(await Listed()), string.Join('|', Names));

    [Fact]
    public async Task A_listing_tells_what_was_asked()
    {
        var answer = await Listed(("max-keys", "5"), ("marker", "MARKER"), ("delimiter", "/"));
        var told = new[] { "Name", "Prefix", "MaxKeys", "Marker", "Delimiter" }.Select(name => answer.Element(name));
        Expect(Plain(string.Join(", ", told)), "BUCKET, KEY/, 5, KEY/MARKER, /");
    }

    [Fact]
    public async Task A_listing_has_a_marker_even_when_none_was_sent()
    {
        var answer = await Listed();
        Expect($"{answer.Text.Contains("<Marker", StringComparison.Ordinal)}, {answer.Element("IsTruncated")}", "True, false");
    }

    [Fact]
    public async Task A_listing_goes_on_after_the_marker() => Expect(Keys(await Listed(("marker", "b/2"))), "b/c/3|c|d/4|\u00e9");

    [Fact]
    public async Task A_marker_need_not_be_a_key() => Expect(Keys(await Listed(("marker", "b/15"))), "b/2|b/c/3|c|d/4|\u00e9");

    [Fact]
    public async Task Without_a_delimiter_a_page_names_no_next_marker()
    {
        var answer = await Listed(("max-keys", "2"));
        Expect(Plain($"{Keys(answer)}, {answer.Element("IsTruncated")}, {answer.Element("NextMarker") ?? "none"}"),
            "a b|b/1, true, none");
    }

    [Fact]
    public async Task With_a_delimiter_a_page_names_the_next_marker()
    {
        var answer = await Listed(("max-keys", "2"), ("delimiter", "/"));
        Expect(Plain($"{Keys(answer)}, {Prefixes(answer)}, {answer.Element("NextMarker") ?? "none"}"), "a b, b/, KEY/b/");
    }

    [Fact]
    public async Task After_a_rolled_up_marker_its_keys_are_not_named_again()
    {
        var answer = await Listed(("marker", "b/"), ("delimiter", "/"));
        Expect($"{Keys(answer)}, {Prefixes(answer)}", "c|\u00e9, d/");
    }

    [Fact]
    public async Task The_last_page_names_no_next_marker()
    {
        var answer = await Listed(("marker", "c"), ("delimiter", "/"));
        Expect($"{answer.Element("IsTruncated")}, {answer.Element("NextMarker") ?? "none"}", "false, none");
    }

    [Fact]
    public async Task A_listing_tells_the_owner()
    {
        var answer = await Listed(("max-keys", "1"));
        Expect($"{answer.Elements("ID").Count()}, {answer.Element("Size")}, {answer.Element("StorageClass")}", "1, 1, STANDARD");
    }

    [Fact]
    public async Task A_listing_encodes_keys_and_markers_when_asked()
    {
        var answer = await Listed(("marker", "a b"), ("encoding-type", "url"));
        Expect(Plain($"{answer.Element("Marker")?.Replace("+", "%20")}, {answer.Elements("Key").Last()}, {answer.Element("EncodingType")}"),
            "KEY/a%20b, KEY/%C3%A9, url");
    }

    [Fact]
    public async Task A_page_of_nothing_is_not_truncated()
    {
        var answer = await Listed(("max-keys", "0"));
        Expect($"{answer}, {Keys(answer)}, {answer.Element("IsTruncated")}", "200, , false");
    }

    [Fact]
    public async Task A_page_size_that_is_no_number_is_refused() => Expect($"{await Listed(("max-keys", "many"))}", "400 InvalidArgument");

    [Fact]
    public async Task Another_encoding_is_refused() => Expect($"{await Listed(("encoding-type", "base64"))}", "400 InvalidArgument");

    [Fact]
    public async Task Without_a_signature_nothing_is_listed_by_version_1() =>
        Expect($"{await Send(WireRequest.For("GET", Bucket))}", "403 AccessDenied");

    private async Task<WireAnswer> Listed(params (string Name, string Value)[] asked)
    {
        foreach (var name in Names) await Store("x", key: $"{Key}/{name}");
        var list = WireRequest.For("GET", Bucket).WithQuery("prefix", Key + "/");
        return await SendAuthorized(asked.Aggregate(list, (request, parameter) =>
            request.WithQuery(parameter.Name, parameter.Name == "marker" ? $"{Key}/{parameter.Value}" : parameter.Value)));
    }

    private string Keys(WireAnswer answer) => string.Join('|', answer.Elements("Key").Select(key => key[(Key.Length + 1)..]));

    private string Prefixes(WireAnswer answer) => string.Join('|',
        answer.Elements("Prefix").Skip(1).Select(prefix => prefix[(Key.Length + 1)..]));

    private string Plain(string text) => text.Replace(Key, "KEY", StringComparison.Ordinal).Replace(Bucket, "BUCKET", StringComparison.Ordinal);
}
