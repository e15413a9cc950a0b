namespace DirectUpload.S3Conformance;

/// <summary>Beginning an upload, uploading parts, aborting.</summary>
public abstract class Multipart(S3ServerFixture server) : MultipartSuite(server)
{
    [Fact]
    public async Task Beginning_tells_the_bucket_the_key_and_an_id()
    {
        var answer = await SendAuthorized(Create());
        Expect($"{answer}, {answer.Element("Bucket") == Bucket}, {answer.Element("Key") == Key}, {answer.Element("UploadId")?.Length > 0}",
            "200, True, True, True");
    }

    [Fact]
    public async Task A_whole_upload_can_be_presigned()
    {
        var created = await Send(Signer.Presign(Create()));
        var id = created.Element("UploadId")!;
        var part = await Send(Signer.Presign(Part(id, 1)));
        Expect($"{created}, {part}, {await Send(Signer.Presign(Completion(id, (1, part.ETag!.Trim('"')))))}, {await Stored()}",
            "200, 200, 200, hello");
    }

    [Fact]
    public async Task Until_it_is_completed_there_is_no_object()
    {
        var id = await Begin();
        await StorePart(id, 1);
        var listed = await SendAuthorized(WireRequest.For("GET", Bucket).WithQuery("list-type", "2").WithQuery("prefix", Key));
        Expect($"{await Stored()}, {listed.Elements("Key").Count()} listed", "nothing, 0 listed");
    }

    [Fact]
    public async Task A_part_s_etag_is_its_md5()
    {
        var answer = await SendAuthorized(Part(await Begin(), 1));
        Expect($"{answer}, {answer.ETag}", $"200, \"{Convert.ToHexStringLower(Md5("hello"))}\"");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("10001")]
    [InlineData("-1")]
    [InlineData("one")]
    public async Task A_part_number_outside_1_to_10000_is_refused(string number) =>
        Expect($"{await SendAuthorized(Part(await Begin(), number))}", "400 InvalidArgument", of: number);

    [Fact]
    public async Task Part_10000_is_accepted()
    {
        var id = await Begin();
        Expect(await Outcome(Completion(id, (10000, await StorePart(id, 10000)))), "200, hello");
    }

    [Fact]
    public async Task A_part_of_an_unknown_upload_is_refused() =>
        Expect($"{await SendAuthorized(Part("no-such-upload", 1))}", "404 NoSuchUpload");

    [Fact]
    public async Task A_part_under_another_key_is_refused()
    {
        var part = Part(await Begin(), 1) with { Path = $"/{Bucket}/{Key}-other" };
        Expect($"{await SendAuthorized(part)}", "404 NoSuchUpload");
    }

    [Theory]
    [InlineData("partNumber", "2")]
    [InlineData("uploadId", "another")]
    public async Task A_changed_parameter_of_a_presigned_part_is_refused(string name, string value)
    {
        var presigned = Signer.Presign(Part(await Begin(), 1));
        Expect($"{await Send(presigned.WithQuery(name, value))}", "403 SignatureDoesNotMatch", of: name);
    }

    [Fact]
    public async Task An_unsigned_amz_header_on_a_part_is_refused()
    {
        var presigned = Signer.Presign(Part(await Begin(), 1));
        Expect($"{await Send(presigned.WithHeader("x-amz-checksum-sha256", Convert.ToBase64String(new byte[32])))}", "403 AccessDenied");
    }

    [Fact]
    public async Task A_part_is_held_to_its_signed_length()
    {
        var presigned = Signer.Presign(Part(await Begin(), 1).WithHeader("content-length", "5"));
        Expect($"{await Send(presigned.WithBody("hello!"))}", "403 SignatureDoesNotMatch");
    }

    [Theory]
    [InlineData("XUFAKrxLKna5cZ2REBfFkg==", "hello", "200")]
    [InlineData("XUFAKrxLKna5cZ2REBfFkg==", "jello", "400 BadDigest")]
    [InlineData("not base64", "hello", "400 InvalidDigest")]
    public async Task A_part_is_held_to_its_content_md5(string md5, string body, string aws) =>
        Expect($"{await SendAuthorized(Part(await Begin(), 1, body).WithHeader("content-md5", md5))}", aws, of: aws);

    [Fact]
    public async Task A_refused_part_leaves_the_one_before()
    {
        var id = await Begin();
        var first = await StorePart(id, 1, "before");
        await SendAuthorized(Part(id, 1, "jello").WithHeader("content-md5", "XUFAKrxLKna5cZ2REBfFkg=="));
        Expect(await Outcome(Completion(id, (1, first))), "200, before");
    }

    [Fact]
    public async Task A_part_that_comes_again_replaces_the_first()
    {
        var id = await Begin();
        await StorePart(id, 1, "first");
        Expect(await Outcome(Completion(id, (1, await StorePart(id, 1, "second")))), "200, second");
    }

    [Fact]
    public async Task Type_and_metadata_are_those_of_the_beginning()
    {
        var id = await Begin(Create().WithHeader("content-type", "image/png").WithHeader("x-amz-meta-from", "begin"));
        await SendAuthorized(Completion(id, (1, await StorePart(id, 1))));
        var head = await SendAuthorized(Head());
        Expect($"{head}, {head.Header("content-type")}, {head.Header("x-amz-meta-from")}", "200, image/png, begin");
    }

    [Fact]
    public async Task An_abort_ends_the_upload()
    {
        var id = await Begin();
        await StorePart(id, 1);
        var abort = await SendAuthorized(Upload("DELETE", id));
        Expect($"{abort}, {await SendAuthorized(Part(id, 2))}, {await SendAuthorized(Upload("GET", id))}",
            "204, 404 NoSuchUpload, 404 NoSuchUpload");
    }

    [Fact]
    public async Task A_presigned_abort_ends_the_upload()
    {
        var id = await Begin();
        Expect($"{await Send(Signer.Presign(Upload("DELETE", id)))}, {await SendAuthorized(Upload("GET", id))}", "204, 404 NoSuchUpload");
    }

    [Fact]
    public async Task An_unknown_upload_cannot_be_aborted() =>
        Expect($"{await SendAuthorized(Upload("DELETE", "no-such-upload"))}", "404 NoSuchUpload");

    [Fact]
    public async Task An_abort_leaves_the_object_that_is_there()
    {
        await Store("before");
        var id = await Begin();
        await StorePart(id, 1);
        Expect(await Outcome(Upload("DELETE", id)), "204, before");
    }

    [Fact]
    public async Task Without_a_signature_no_upload_begins() => Expect($"{await Send(Create())}", "403 AccessDenied");

    [Fact]
    public async Task In_a_bucket_that_does_not_exist_no_upload_begins() =>
        Expect($"{await SendAuthorized(Create() with { Path = $"/no-such-bucket-here/{Key}" })}", "404 NoSuchBucket");

    [Fact]
    public async Task A_bucket_with_nothing_but_an_upload_can_be_deleted()
    {
        var bucket = await Server.CreateBucketAsync();
        await SendAuthorized(WireRequest.For("POST", bucket, Key).WithQuery("uploads", ""));
        Expect($"{await SendAuthorized(WireRequest.For("DELETE", bucket))}", "204");
    }
}
