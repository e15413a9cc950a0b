namespace DirectUpload.Tests.Presigning.Checks;

/// <summary>
/// One example of each kind of setting that S3 never accepts, with the message that names the setting, its value and the cure.
/// </summary>
public static class InvalidObjectSettings
{
    private static readonly string LongText = new('a', 2000);

    /// <summary>The message leaves out what comes before the setting: the profile at start, "Settings." in a request.</summary>
    public static TheoryData<string, ObjectSettings, string> All => new()
    {
        { "unknown ACL", new() { Acl = "public" }, "Acl is \"public\", which S3 does not know; write private, public-read*" },
        { "empty ACL", new() { Acl = "" }, "Acl is \"\", which S3 does not know;*" },
        { "ACL in upper case", new() { Acl = "PRIVATE" }, "Acl is \"PRIVATE\", which S3 does not know;*" },
        { "unknown encryption", new() { ServerSideEncryption = "aes256" },
            "ServerSideEncryption is \"aes256\", which S3 does not know; write AES256, aws:kms or aws:kms:dsse." },
        { "key without encryption", new() { KmsKeyId = "key-1" },
            "KmsKeyId is \"key-1\", but ServerSideEncryption is (none); set it to aws:kms or aws:kms:dsse, or remove the key." },
        { "key with AES256", new() { KmsKeyId = "key-1", ServerSideEncryption = "AES256" },
            "KmsKeyId is \"key-1\", but ServerSideEncryption is \"AES256\";*" },
        { "line break in the key", new() { KmsKeyId = "key\n1", ServerSideEncryption = "aws:kms" },
            "KmsKeyId is \"key?1\", which holds the character U+000A;*" },
        { "line break", new() { CacheControl = "no-store\r\nx-evil: 1" },
            "CacheControl is \"no-store??x-evil: 1\", which holds the character U+000D;*Percent-encode or remove it." },
        { "tab", new() { ContentEncoding = "gzip\t" }, "ContentEncoding is \"gzip?\", which holds the character U+0009;*" },
        { "beyond US-ASCII", new() { ContentDisposition = "attachment; filename=\"é.txt\"" },
            "ContentDisposition is \"attachment; filename=\"é.txt\"\", which holds the character U+00E9;*" },
        { "beyond Latin-1", new() { ContentDisposition = "attachment; filename=\"写.txt\"" }, "ContentDisposition is*U+5199;*" },
        { "leading space", new() { CacheControl = " no-store" },
            "CacheControl is \" no-store\", with a space at its beginning or end*Remove them." },
        { "trailing space", new() { CacheControl = "no-store " }, "CacheControl is \"no-store \", with a space*" },
        { "double space", new() { CacheControl = "a,  b" }, "CacheControl is \"a,  b\", with a space*two in a row*" },
        { "empty header", new() { CacheControl = "" }, "CacheControl is empty; set a value, or null to send nothing." },
        { "metadata name", new() { Metadata = { ["größe"] = "1" } },
            "Metadata holds the name \"größe\"; write letters, digits, '-' and '_' only." },
        { "metadata value", new() { Metadata = { ["a"] = "日本" } }, "Metadata[\"a\"] is \"日本\", which holds the character U+65E5;*" },
        { "empty metadata value", new() { Metadata = { ["a"] = "" } }, "Metadata[\"a\"] is empty;*" },
        { "null metadata value", new() { Metadata = { ["a"] = null! } }, "Metadata[\"a\"] is empty;*" },
        { "metadata names that are one", new() { Metadata = { ["Name"] = "1", ["name"] = "2" } },
            "Metadata contains two names for the header x-amz-meta-name;*" },
        { "metadata names that Ceph RGW takes for one", new() { Metadata = { ["a-b"] = "1", ["A_b"] = "2" } },
            "Metadata contains two names for the header x-amz-meta-a_b; use names that differ in more than case, '-' and '_'." },
        { "2,049 bytes of metadata", new() { Metadata = { ["name"] = new string('a', 2045) } },
            "Metadata has 2049 bytes of names and values; S3 takes at most 2048 (2 KB)*" },
        { "metadata in several", new() { Metadata = { ["a"] = LongText, ["b"] = new string('b', 47) } }, "Metadata has 2049 bytes*" },
        { "11 tags", new() { Tags = Enumerable.Range(1, 11).ToDictionary(n => $"t{n}", n => "") },
            "Tags has 11 tags; S3 takes at most 10. Remove some." },
        { "long tag key", new() { Tags = { [new string('k', 129)] = "v" } },
            "Tags holds the key \"kkk*\" of 129 characters; S3 takes at most 128. Shorten it." },
        { "long tag value", new() { Tags = { ["k"] = new string('v', 257) } },
            "Tags holds the value \"vvv*\" of 257 characters; S3 takes at most 256. Shorten it." },
        { "& in a tag value", new() { Tags = { ["k"] = "a&b" } },
            "Tags holds the value \"a&b\"; S3 takes letters, digits, spaces and + - = . _ : / @ only. Remove other characters." },
        { "& in a tag key", new() { Tags = { ["a&b"] = "v" } }, "Tags holds the key \"a&b\"; S3 takes letters*" },
        { "line break in a tag", new() { Tags = { ["k"] = "a\nb" } }, "Tags holds the value \"a?b\"; S3 takes letters*" },
        { "half a character in a tag", new() { Tags = { ["k"] = "\ud83d" } }, "Tags holds the value*" },
        { "AWS's own tag", new() { Tags = { ["AWS:x"] = "v" } },
            "Tags holds the key \"AWS:x\"; keys that begin with \"aws:\" belong to AWS. Choose another." },
        { "empty tag key", new() { Tags = { [""] = "v" } }, "Tags holds an empty key;*" },
        { "null tag value", new() { Tags = { ["k"] = null! } }, "Tags[\"k\"] is null;*" },
        { "too many headers", new() { Tags = Enumerable.Range(1, 10).ToDictionary(n => $"t{n}", n => new string('字', 256)) },
            "Tags, Metadata and the other settings make * bytes of headers*at most 6144 of settings. Shorten them." },
    };
}
