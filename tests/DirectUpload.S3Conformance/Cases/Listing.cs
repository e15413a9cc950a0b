namespace DirectUpload.S3Conformance;

/// <summary>ListObjectsV2.</summary>
public abstract class Listing(S3ServerFixture server) : Suite(server)
{
    private static readonly string[] Names =
        ["a b", "a+b", "b/1", "b/2", "b/c/3", "it's", "x%20y", "z=&", "\u00e9", "\u65e5\u672c"];

    [Fact]
    public async Task A_prefix_lists_its_keys_in_utf8_order() =>
        Expect(string.Join('|', await Keys(await Listed())), string.Join('|', Names));

    [Fact]
    public async Task Pages_are_followed_without_loss_or_repetition()
    {
        var listed = await Listed();
        var keys = new List<string>();
        var pages = 0;
        for (string? token = null; pages == 0 || token is not null; pages++)
        {
            var answer = await SendAuthorized(token is null
                ? listed.WithQuery("max-keys", "3")
                : listed.WithQuery("max-keys", "3").WithQuery("continuation-token", token));
            keys.AddRange(Plain(answer.Elements("Key")));
            token = answer.Element("IsTruncated") == "true" ? answer.Element("NextContinuationToken") : null;
        }
        Expect($"{pages} pages: {string.Join('|', keys)}", $"4 pages: {string.Join('|', Names)}");
    }

    [Fact]
    public async Task A_delimiter_folds_what_lies_deeper()
    {
        var answer = await SendAuthorized((await Listed()).WithQuery("delimiter", "/"));
        var keys = string.Join('|', Plain(answer.Elements("Key")));
        var folders = string.Join('|', Plain(Prefixes(answer)));
        Expect($"{keys} and {folders}", $"{string.Join('|', Names.Where(n => !n.Contains('/')))} and b/");
    }

    [Fact]
    public async Task A_listing_starts_after_what_it_is_told() =>
        Expect(string.Join('|', await Keys((await Listed()).WithQuery("start-after", $"{Key}/it's"))), string.Join('|', Names[6..]));

    [Fact]
    public async Task Keys_are_url_encoded_when_asked_for()
    {
        var answer = await SendAuthorized((await Listed()).WithQuery("encoding-type", "url"));
        var keys = answer.Elements("Key").Select(key => Uri.UnescapeDataString(key.Replace("+", " "))[(Key.Length + 1)..]);
        Expect($"{string.Join('|', keys)}, {answer.Element("EncodingType")}", $"{string.Join('|', Names)}, url");
    }

    [Fact]
    public async Task An_entry_tells_size_etag_and_date()
    {
        var stored = await Store();
        var answer = await SendAuthorized(List());
        var dated = DateTimeOffset.TryParse(answer.Element("LastModified"), out _);
        Expect($"{answer.Element("Size")}, {answer.Element("ETag") == stored.ETag}, {dated}", "5, True, True");
    }

    [Fact]
    public async Task An_empty_listing_is_no_error()
    {
        var answer = await SendAuthorized(List());
        Expect($"{answer}, {answer.Element("KeyCount")}, {answer.Element("IsTruncated")}", "200, 0, false");
    }

    [Fact]
    public async Task A_bucket_that_does_not_exist_cannot_be_listed() => Expect(
        $"{await SendAuthorized(WireRequest.For("GET", "no-such-bucket-here").WithQuery("list-type", "2"))}", "404 NoSuchBucket");

    [Fact]
    public async Task Without_a_signature_nothing_is_listed() => Expect($"{await Send(List())}", "403 AccessDenied");

    private WireRequest List() => WireRequest.For("GET", Bucket).WithQuery("list-type", "2").WithQuery("prefix", Key);

    private async Task<WireRequest> Listed()
    {
        foreach (var name in Names.Reverse()) await Store(key: $"{Key}/{name}");
        return List().WithQuery("prefix", Key + "/");
    }

    private async Task<IEnumerable<string>> Keys(WireRequest list) => Plain((await SendAuthorized(list)).Elements("Key"));

    private IEnumerable<string> Plain(IEnumerable<string> keys) => keys.Select(key => key[(Key.Length + 1)..]);

    private static IEnumerable<string> Prefixes(WireAnswer answer) => answer.Elements("Prefix").Skip(1);
}
