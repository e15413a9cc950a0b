namespace DirectUpload.S3Conformance;

/// <summary>A bucket that keeps versions: writing, reading, deleting.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/versioning-workflows.html</remarks>
public abstract class Versions(S3ServerFixture server) : VersioningSuite(server)
{
    [Fact]
    public async Task Every_write_makes_a_version_of_its_own()
    {
        await KeepVersions();
        var (first, second) = (await StoreVersion("first"), await StoreVersion("second"));
        Expect($"{first.Length > 4}, {first != second}, {await Read()}", "True, True, 200, second");
    }

    [Fact]
    public async Task An_old_version_is_read_by_its_id()
    {
        await KeepVersions();
        var first = await StoreVersion("first");
        await StoreVersion("second");
        Expect(await Read(first), "200, first");
    }

    [Fact]
    public async Task A_presigned_read_may_name_a_version()
    {
        await KeepVersions();
        var first = await StoreVersion("first");
        await StoreVersion("second");
        var presigned = Signer.Presign(Of("GET", first));
        var answer = await Send(presigned);
        Expect($"{answer}, {answer.Text}, {await Send(presigned.WithoutQuery("versionId"))}", "200, first, 403 SignatureDoesNotMatch");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task A_read_tells_which_version_it_is(string method)
    {
        await KeepVersions();
        var first = await StoreVersion("first");
        var second = await StoreVersion("second");
        var current = (await SendAuthorized(Of(method))).Header("x-amz-version-id");
        Expect($"{current == second}, {(await SendAuthorized(Of(method, first))).Header("x-amz-version-id") == first}", "True, True", of: method);
    }

    [Fact]
    public async Task A_delete_puts_a_marker_on_top()
    {
        await KeepVersions();
        var first = await StoreVersion("first");
        var delete = await SendAuthorized(Of("DELETE"));
        Expect($"{delete}, {delete.Header("x-amz-delete-marker")}, {delete.Header("x-amz-version-id") is { Length: > 4 } id && id != first}, " +
            $"{await Read()}, {await Read(first)}", "204, true, True, 404 NoSuchKey, 200, first");
    }

    [Fact]
    public async Task A_key_that_was_deleted_says_so()
    {
        await KeepVersions();
        await StoreVersion("first");
        var marker = (await SendAuthorized(Of("DELETE"))).Header("x-amz-version-id");
        var answer = await SendAuthorized(Of("GET"));
        Expect($"{answer}, {answer.Header("x-amz-delete-marker")}, {answer.Header("x-amz-version-id") == marker}", "404 NoSuchKey, true, True");
    }

    [Fact]
    public async Task A_delete_of_nothing_puts_a_marker_too()
    {
        await KeepVersions();
        Expect($"{(await SendAuthorized(Of("DELETE"))).Header("x-amz-delete-marker")}", "true");
    }

    [Theory]
    [InlineData("GET", "405 MethodNotAllowed, true, DELETE")]
    [InlineData("HEAD", "405, true, DELETE")]
    public async Task A_delete_marker_cannot_be_read(string method, string aws)
    {
        await KeepVersions();
        await StoreVersion("first");
        var marker = (await SendAuthorized(Of("DELETE"))).Header("x-amz-version-id")!;
        var answer = await SendAuthorized(Of(method, marker));
        Expect($"{answer}, {answer.Header("x-amz-delete-marker")}, {answer.Header("allow")}", aws, of: method);
    }

    [Fact]
    public async Task Deleting_the_marker_brings_the_object_back()
    {
        await KeepVersions();
        await StoreVersion("first");
        var marker = (await SendAuthorized(Of("DELETE"))).Header("x-amz-version-id")!;
        var delete = await SendAuthorized(Of("DELETE", marker));
        Expect($"{delete}, {delete.Header("x-amz-delete-marker")}, {delete.Header("x-amz-version-id") == marker}, {await Read()}",
            "204, true, True, 200, first");
    }

    [Fact]
    public async Task Deleting_a_version_leaves_the_others()
    {
        await KeepVersions();
        var first = await StoreVersion("first");
        var second = await StoreVersion("second");
        var delete = await SendAuthorized(Of("DELETE", second));
        Expect($"{delete}, {delete.Header("x-amz-delete-marker") ?? "none"}, {await Read()}, {await Read(first)}, {await Read(second)}",
            "204, none, 200, first, 200, first, 404 NoSuchVersion");
    }

    [Fact]
    public async Task Deleting_a_version_again_is_answered_like_the_first()
    {
        await KeepVersions();
        var first = await StoreVersion("first");
        await StoreVersion("second");
        await SendAuthorized(Of("DELETE", first));
        Expect($"{await SendAuthorized(Of("DELETE", first))}, {await Read()}", "204, 200, second");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task An_id_that_cannot_be_one_is_refused(string method)
    {
        await KeepVersions();
        await StoreVersion("first");
        Expect($"{await SendAuthorized(Of(method, "no-such-version"))}", "400 InvalidArgument", of: method);
    }

    [Fact]
    public async Task Deleting_many_adds_markers_and_removes_versions()
    {
        await KeepVersions();
        var first = await StoreVersion("first");
        var answer = await SendAuthorized(DeleteMany($"<Object><Key>{Key}</Key></Object>"));
        var marker = answer.Element("DeleteMarkerVersionId");
        var deleted = await SendAuthorized(DeleteMany($"<Object><Key>{Key}</Key><VersionId>{marker}</VersionId></Object>"));
        Expect($"{answer}, {answer.Element("DeleteMarker")}, {deleted}, {deleted.Element("VersionId") == marker}, {await Read(first)}",
            "200, true, 200, True, 200, first");
    }

    [Fact]
    public async Task What_must_create_creates_after_a_delete()
    {
        await KeepVersions();
        await StoreVersion("first");
        await SendAuthorized(Of("DELETE"));
        Expect($"{await Send(Signer.Presign(Put("second").WithHeader("if-none-match", "*")))}, {await Read()}", "200, 200, second");
    }

    [Fact]
    public async Task What_must_replace_is_held_to_the_current_version()
    {
        await KeepVersions();
        await StoreVersion("first");
        var first = (await SendAuthorized(Head())).ETag!;
        await StoreVersion("second");
        Expect($"{await Send(Signer.Presign(Put("third").WithHeader("if-match", first)))}, {await Read()}",
            "412 PreconditionFailed, 200, second");
    }

    [Fact]
    public async Task A_completed_upload_is_a_version()
    {
        await KeepVersions();
        var first = await StoreVersion("first");
        var completed = await Complete(await Begin(), "second");
        Expect($"{completed}, {completed.Header("x-amz-version-id") is { Length: > 4 } id && id != first}, {await Read()}, {await Read(first)}",
            "200, True, 200, second, 200, first");
    }

    /// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html (concurrent multipart uploads)</remarks>
    [Fact]
    public async Task Of_two_uploads_the_one_that_began_later_is_current()
    {
        await KeepVersions();
        var (earlier, later) = (await Begin(), await Begin());
        await Complete(later, "later");
        var completed = await Complete(earlier, "earlier");
        Expect($"{await Read()}, {await Read(completed.Header("x-amz-version-id"))}", "200, later, 200, earlier");
    }

    private async Task<string> Begin() => (await SendAuthorized(Of("POST").WithQuery("uploads", ""))).Element("UploadId")!;

    private async Task<WireAnswer> Complete(string uploadId, string body)
    {
        var part = await SendAuthorized(Of("PUT").WithQuery("partNumber", "1").WithQuery("uploadId", uploadId).WithBody(body));
        return await SendAuthorized(Of("POST").WithQuery("uploadId", uploadId).WithBody(
            $"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{part.ETag}</ETag></Part></CompleteMultipartUpload>"));
    }

    private WireRequest DeleteMany(string objects)
    {
        var request = WireRequest.For("POST", Bucket).WithQuery("delete", "").WithBody($"<Delete>{objects}</Delete>");
        return request.WithHeader("content-md5", Convert.ToBase64String(MultipartSuite.Md5(request.Body.ToArray())));
    }
}
