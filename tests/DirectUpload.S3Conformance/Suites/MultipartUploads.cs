namespace DirectUpload.S3Conformance.Suites;

/// <summary>Beginning an upload, uploading parts, aborting.</summary>
public abstract class MultipartUploads(S3ServerFixture server) : MultipartSuite(server)
{
    [Fact]
    public async Task Creating_an_upload_returns_bucket_key_and_id()
    {
        var answer = await SendAuthorized(Create());
        Expect(
            $"{answer}, {answer.GetElement("Bucket") == Bucket}, {answer.GetElement("Key") == Key}, " +
            $"{answer.GetElement("UploadId")?.Length > 0}",
            "200, True, True, True");
    }

    [Fact]
    public async Task A_whole_upload_can_be_presigned()
    {
        var created = await Send(Signer.Presign(Create()));
        var id = created.GetElement("UploadId")!;
        var part = await Send(Signer.Presign(Part(id, 1)));
        Expect($"{created}, {part}, {await Send(Signer.Presign(Completion(id, (1, part.ETag!.Trim('"')))))}, {await ReadStored()}",
            "200, 200, 200, hello");
    }

    [Fact]
    public async Task There_is_no_object_before_completion()
    {
        var id = await Begin();
        await StorePart(id, 1);
        var listed = await SendAuthorized(WireRequest.ForObject("GET", Bucket).WithQuery("list-type", "2").WithQuery("prefix", Key));
        Expect($"{await ReadStored()}, {listed.GetElements("Key").Count()} listed", "nothing, 0 listed");
    }

    [Fact]
    public async Task A_part_s_ETag_is_its_MD5()
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
    public async Task A_part_must_have_its_signed_length()
    {
        var presigned = Signer.Presign(Part(await Begin(), 1).WithHeader("content-length", "5"));
        Expect($"{await Send(presigned.WithBody("hello!"))}", "403 SignatureDoesNotMatch");
    }

    [Theory]
    [InlineData("XUFAKrxLKna5cZ2REBfFkg==", "hello", "200")]
    [InlineData("XUFAKrxLKna5cZ2REBfFkg==", "jello", "400 BadDigest")]
    [InlineData("not base64", "hello", "400 InvalidDigest")]
    public async Task A_part_must_match_its_content_MD5(string md5, string body, string aws) =>
        Expect($"{await SendAuthorized(Part(await Begin(), 1, body).WithHeader("content-md5", md5))}", aws, of: aws);

    [Fact]
    public async Task A_refused_part_does_not_replace_the_previous_one()
    {
        var id = await Begin();
        var first = await StorePart(id, 1, "before");
        await SendAuthorized(Part(id, 1, "jello").WithHeader("content-md5", "XUFAKrxLKna5cZ2REBfFkg=="));
        Expect(await Outcome(Completion(id, (1, first))), "200, before");
    }

    [Fact]
    public async Task A_part_sent_again_replaces_the_first()
    {
        var id = await Begin();
        await StorePart(id, 1, "first");
        Expect(await Outcome(Completion(id, (1, await StorePart(id, 1, "second")))), "200, second");
    }

    [Fact]
    public async Task Type_and_metadata_are_set_on_creation()
    {
        var id = await Begin(Create().WithHeader("content-type", "image/png").WithHeader("x-amz-meta-from", "begin"));
        await SendAuthorized(Completion(id, (1, await StorePart(id, 1))));
        var head = await SendAuthorized(Head());
        Expect($"{head}, {head.GetHeader("content-type")}, {head.GetHeader("x-amz-meta-from")}", "200, image/png, begin");
    }

    [Fact]
    public async Task An_abort_removes_the_upload()
    {
        var id = await Begin();
        await StorePart(id, 1);
        var abort = await SendAuthorized(Upload("DELETE", id));
        Expect($"{abort}, {await SendAuthorized(Part(id, 2))}, {await SendAuthorized(Upload("GET", id))}",
            "204, 404 NoSuchUpload, 404 NoSuchUpload");
    }

    [Fact]
    public async Task A_presigned_abort_removes_the_upload()
    {
        var id = await Begin();
        Expect($"{await Send(Signer.Presign(Upload("DELETE", id)))}, {await SendAuthorized(Upload("GET", id))}", "204, 404 NoSuchUpload");
    }

    [Fact]
    public async Task An_unknown_upload_cannot_be_aborted() =>
        Expect($"{await SendAuthorized(Upload("DELETE", "no-such-upload"))}", "404 NoSuchUpload");

    [Fact]
    public async Task An_abort_does_not_change_the_existing_object()
    {
        await Store("before");
        var id = await Begin();
        await StorePart(id, 1);
        Expect(await Outcome(Upload("DELETE", id)), "204, before");
    }

    [Fact]
    public async Task Creating_an_upload_needs_a_signature() => Expect($"{await Send(Create())}", "403 AccessDenied");

    [Fact]
    public async Task Creating_an_upload_needs_a_bucket() =>
        Expect($"{await SendAuthorized(Create() with { Path = $"/no-such-bucket-here/{Key}" })}", "404 NoSuchBucket");

    [Fact]
    public async Task A_bucket_with_only_an_upload_can_be_deleted()
    {
        var bucket = await Server.CreateBucketAsync();
        await SendAuthorized(WireRequest.ForObject("POST", bucket, Key).WithQuery("uploads", ""));
        Expect($"{await SendAuthorized(WireRequest.ForObject("DELETE", bucket))}", "204");
    }
}
