namespace DirectUpload.S3Conformance.Suites;

/// <summary>ListObjectsV2.</summary>
public abstract class ListObjectsV2(S3ServerFixture server) : ConformanceSuite(server)
{
    private static readonly string[] Names =
        ["a b", "a+b", "b/1", "b/2", "b/c/3", "it's", "x%20y", "z=&", "\u00e9", "\u65e5\u672c"];

    [Fact]
    public async Task A_prefix_lists_its_keys_in_UTF8_order() =>
        Expect(string.Join('|', await Keys(await Listed())), string.Join('|', Names));

    [Fact]
    public async Task The_pages_contain_every_key_once()
    {
        var listed = await Listed();
        var keys = new List<string>();
        var pages = 0;
        for (string? token = null; pages == 0 || token is not null; pages++)
        {
            var answer = await SendAuthorized(token is null
                ? listed.WithQuery("max-keys", "3")
                : listed.WithQuery("max-keys", "3").WithQuery("continuation-token", token));
            keys.AddRange(Plain(answer.GetElements("Key")));
            token = answer.GetElement("IsTruncated") == "true" ? answer.GetElement("NextContinuationToken") : null;
        }
        Expect($"{pages} pages: {string.Join('|', keys)}", $"4 pages: {string.Join('|', Names)}");
    }

    [Fact]
    public async Task A_delimiter_groups_keys_by_common_prefix()
    {
        var answer = await SendAuthorized((await Listed()).WithQuery("delimiter", "/"));
        var keys = string.Join('|', Plain(answer.GetElements("Key")));
        var folders = string.Join('|', Plain(Prefixes(answer)));
        Expect($"{keys} and {folders}", $"{string.Join('|', Names.Where(n => !n.Contains('/')))} and b/");
    }

    [Fact]
    public async Task A_listing_starts_after_the_given_key() =>
        Expect(string.Join('|', await Keys((await Listed()).WithQuery("start-after", $"{Key}/it's"))), string.Join('|', Names[6..]));

    [Fact]
    public async Task Keys_are_URL_encoded_on_request()
    {
        var answer = await SendAuthorized((await Listed()).WithQuery("encoding-type", "url"));
        var keys = answer.GetElements("Key").Select(key => Uri.UnescapeDataString(key.Replace("+", " "))[(Key.Length + 1)..]);
        Expect($"{string.Join('|', keys)}, {answer.GetElement("EncodingType")}", $"{string.Join('|', Names)}, url");
    }

    [Fact]
    public async Task An_entry_has_size_ETag_and_date()
    {
        var stored = await Store();
        var answer = await SendAuthorized(List());
        var dated = DateTimeOffset.TryParse(answer.GetElement("LastModified"), out _);
        Expect($"{answer.GetElement("Size")}, {answer.GetElement("ETag") == stored.ETag}, {dated}", "5, True, True");
    }

    [Fact]
    public async Task An_empty_listing_succeeds()
    {
        var answer = await SendAuthorized(List());
        Expect($"{answer}, {answer.GetElement("KeyCount")}, {answer.GetElement("IsTruncated")}", "200, 0, false");
    }

    [Fact]
    public async Task A_missing_bucket_cannot_be_listed() => Expect(
        $"{await SendAuthorized(WireRequest.ForObject("GET", "no-such-bucket-here").WithQuery("list-type", "2"))}", "404 NoSuchBucket");

    [Fact]
    public async Task Listing_needs_a_signature() => Expect($"{await Send(List())}", "403 AccessDenied");

    private WireRequest List() => WireRequest.ForObject("GET", Bucket).WithQuery("list-type", "2").WithQuery("prefix", Key);

    private async Task<WireRequest> Listed()
    {
        foreach (var name in Names.Reverse()) await Store(key: $"{Key}/{name}");
        return List().WithQuery("prefix", Key + "/");
    }

    private async Task<IEnumerable<string>> Keys(WireRequest list) => Plain((await SendAuthorized(list)).GetElements("Key"));

    private IEnumerable<string> Plain(IEnumerable<string> keys) => keys.Select(key => key[(Key.Length + 1)..]);

    private static IEnumerable<string> Prefixes(WireResponse answer) => answer.GetElements("Prefix").Skip(1);
}
