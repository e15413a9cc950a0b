namespace DirectUpload.S3Conformance.Suites;

/// <summary>A key is any text of up to 1,024 bytes and is never normalised.</summary>
public abstract class ObjectKeys(S3ServerFixture server) : ConformanceSuite(server)
{
    public static TheoryData<string> SpecialKeys =>
    [
        "a b.txt", "a+b.txt", "it's.txt", "a=b&c.txt", "100%.txt", "a%2Fb.txt", "a%20b.txt", "\u00fcml\u00e4ut.txt",
            "\u65e5\u672c\u8a9e.txt",
        "\U0001F389.txt", "e\u0301.txt", "trailing...", "trailing/", "a//b.txt", "../up.txt", "a/../b.txt", "a/./b.txt", "~(!*)@:,;$.txt",
        "back\\slash.txt", "q?uery#hash.txt", "<xml>&\"quoted\".txt",
    ];

    [Theory, MemberData(nameof(SpecialKeys))]
    public async Task A_key_with_special_characters_round_trips(string name)
    {
        var key = $"{Key}/{name}";
        var put = await Send(Signer.Presign(WireRequest.ForObject("PUT", Bucket, key).WithBody(name)));
        var get = await Send(Signer.Presign(WireRequest.ForObject("GET", Bucket, key)));
        var list = await SendAuthorized(WireRequest.ForObject("GET", Bucket).WithQuery("list-type", "2").WithQuery("prefix", Key));
        Expect($"{put}, {get}, {get.Text}, {string.Join('|', list.GetElements("Key"))}", $"200, 200, {name}, {key}", of: name);
    }

    [Fact]
    public async Task A_key_of_1024_bytes_is_accepted()
    {
        var key = Key + new string('k', 1024 - Key.Length);
        Expect(await SendAndRead(Signer.Presign(WireRequest.ForObject("PUT", Bucket, key).WithBody("long")), key), "200, long");
    }

    [Fact]
    public async Task A_key_of_1025_bytes_is_refused()
    {
        var key = Key + new string('k', 1025 - Key.Length);
        Expect($"{await Send(Signer.Presign(WireRequest.ForObject("PUT", Bucket, key).WithBody("long")))}", "400 KeyTooLongError");
    }

    [Fact]
    public async Task Keys_differ_by_case()
    {
        await Store("lower", key: Key + "a");
        await Store("upper", key: Key + "A");
        Expect($"{await ReadStored(Key + "a")}, {await ReadStored(Key + "A")}", "lower, upper");
    }

    [Fact]
    public async Task A_key_can_be_another_key_s_prefix()
    {
        await Store("file", key: Key);
        await Store("below", key: Key + "/below");
        Expect($"{await ReadStored(Key)}, {await ReadStored(Key + "/below")}", "file, below");
    }

    [Fact]
    public async Task Composed_and_decomposed_letters_are_distinct_keys()
    {
        await Store("composed", key: Key + "\u00e9");
        Expect(await ReadStored(Key + "e\u0301"), "nothing");
    }
}
