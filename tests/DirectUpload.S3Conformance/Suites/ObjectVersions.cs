namespace DirectUpload.S3Conformance.Suites;

/// <summary>A bucket that keeps versions: writing, reading, deleting.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/versioning-workflows.html</remarks>
public abstract class ObjectVersions(S3ServerFixture server) : VersioningSuite(server)
{
    [Fact]
    public async Task Every_write_creates_a_version()
    {
        await EnableVersioning();
        var (first, second) = (await StoreVersion("first"), await StoreVersion("second"));
        Expect($"{first.Length > 4}, {first != second}, {await Read()}", "True, True, 200, second");
    }

    [Fact]
    public async Task An_old_version_is_read_by_its_id()
    {
        await EnableVersioning();
        var first = await StoreVersion("first");
        await StoreVersion("second");
        Expect(await Read(first), "200, first");
    }

    [Fact]
    public async Task A_presigned_read_can_name_a_version()
    {
        await EnableVersioning();
        var first = await StoreVersion("first");
        await StoreVersion("second");
        var presigned = Signer.Presign(CreateRequest("GET", first));
        var answer = await Send(presigned);
        Expect($"{answer}, {answer.Text}, {await Send(presigned.WithoutQuery("versionId"))}", "200, first, 403 SignatureDoesNotMatch");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task A_read_returns_its_version_id(string method)
    {
        await EnableVersioning();
        var first = await StoreVersion("first");
        var second = await StoreVersion("second");
        var current = (await SendAuthorized(CreateRequest(method))).GetHeader("x-amz-version-id");
        Expect(
            $"{current == second}, {(await SendAuthorized(CreateRequest(method, first))).GetHeader("x-amz-version-id") == first}",
            "True, True", of: method);
    }

    [Fact]
    public async Task A_delete_adds_a_marker()
    {
        await EnableVersioning();
        var first = await StoreVersion("first");
        var delete = await SendAuthorized(CreateRequest("DELETE"));
        Expect(
            $"{delete}, {delete.GetHeader("x-amz-delete-marker")}, " +
            $"{delete.GetHeader("x-amz-version-id") is { Length: > 4 } id && id != first}, " +
                $"{await Read()}, {await Read(first)}", "204, true, True, 404 NoSuchKey, 200, first");
    }

    [Fact]
    public async Task Reading_a_deleted_key_returns_marker_headers()
    {
        await EnableVersioning();
        await StoreVersion("first");
        var marker = (await SendAuthorized(CreateRequest("DELETE"))).GetHeader("x-amz-version-id");
        var answer = await SendAuthorized(CreateRequest("GET"));
        Expect(
            $"{answer}, {answer.GetHeader("x-amz-delete-marker")}, {answer.GetHeader("x-amz-version-id") == marker}",
            "404 NoSuchKey, true, True");
    }

    [Fact]
    public async Task Deleting_a_missing_object_adds_a_marker()
    {
        await EnableVersioning();
        Expect($"{(await SendAuthorized(CreateRequest("DELETE"))).GetHeader("x-amz-delete-marker")}", "true");
    }

    [Theory]
    [InlineData("GET", "405 MethodNotAllowed, true, DELETE")]
    [InlineData("HEAD", "405, true, DELETE")]
    public async Task A_delete_marker_cannot_be_read(string method, string aws)
    {
        await EnableVersioning();
        await StoreVersion("first");
        var marker = (await SendAuthorized(CreateRequest("DELETE"))).GetHeader("x-amz-version-id")!;
        var answer = await SendAuthorized(CreateRequest(method, marker));
        Expect($"{answer}, {answer.GetHeader("x-amz-delete-marker")}, {answer.GetHeader("allow")}", aws, of: method);
    }

    [Fact]
    public async Task Deleting_the_marker_restores_the_object()
    {
        await EnableVersioning();
        await StoreVersion("first");
        var marker = (await SendAuthorized(CreateRequest("DELETE"))).GetHeader("x-amz-version-id")!;
        var delete = await SendAuthorized(CreateRequest("DELETE", marker));
        Expect($"{delete}, {delete.GetHeader("x-amz-delete-marker")}, {delete.GetHeader("x-amz-version-id") == marker}, {await Read()}",
            "204, true, True, 200, first");
    }

    [Fact]
    public async Task Deleting_a_version_does_not_change_the_others()
    {
        await EnableVersioning();
        var first = await StoreVersion("first");
        var second = await StoreVersion("second");
        var delete = await SendAuthorized(CreateRequest("DELETE", second));
        Expect($"{delete}, {delete.GetHeader("x-amz-delete-marker") ?? "none"}, {await Read()}, {await Read(first)}, {await Read(second)}",
            "204, none, 200, first, 200, first, 404 NoSuchVersion");
    }

    [Fact]
    public async Task Deleting_a_version_twice_returns_the_same_response()
    {
        await EnableVersioning();
        var first = await StoreVersion("first");
        await StoreVersion("second");
        await SendAuthorized(CreateRequest("DELETE", first));
        Expect($"{await SendAuthorized(CreateRequest("DELETE", first))}, {await Read()}", "204, 200, second");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task A_malformed_version_id_is_refused(string method)
    {
        await EnableVersioning();
        await StoreVersion("first");
        Expect($"{await SendAuthorized(CreateRequest(method, "no-such-version"))}", "400 InvalidArgument", of: method);
    }

    [Fact]
    public async Task Deleting_many_adds_markers_and_removes_versions()
    {
        await EnableVersioning();
        var first = await StoreVersion("first");
        var answer = await SendAuthorized(DeleteMany($"<Object><Key>{Key}</Key></Object>"));
        var marker = answer.GetElement("DeleteMarkerVersionId");
        var deleted = await SendAuthorized(DeleteMany($"<Object><Key>{Key}</Key><VersionId>{marker}</VersionId></Object>"));
        Expect(
            $"{answer}, {answer.GetElement("DeleteMarker")}, {deleted}, {deleted.GetElement("VersionId") == marker}, {await Read(first)}",
            "200, true, 200, True, 200, first");
    }

    [Fact]
    public async Task If_none_match_creates_over_a_delete_marker()
    {
        await EnableVersioning();
        await StoreVersion("first");
        await SendAuthorized(CreateRequest("DELETE"));
        Expect($"{await Send(Signer.Presign(Put("second").WithHeader("if-none-match", "*")))}, {await Read()}", "200, 200, second");
    }

    [Fact]
    public async Task If_match_applies_to_the_current_version()
    {
        await EnableVersioning();
        await StoreVersion("first");
        var first = (await SendAuthorized(Head())).ETag!;
        await StoreVersion("second");
        Expect($"{await Send(Signer.Presign(Put("third").WithHeader("if-match", first)))}, {await Read()}",
            "412 PreconditionFailed, 200, second");
    }

    [Fact]
    public async Task A_completed_upload_is_a_version()
    {
        await EnableVersioning();
        var first = await StoreVersion("first");
        var completed = await Complete(await Begin(), "second");
        Expect(
            $"{completed}, {completed.GetHeader("x-amz-version-id") is { Length: > 4 } id && id != first}, {await Read()}, " +
            $"{await Read(first)}",
            "200, True, 200, second, 200, first");
    }

    /// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html (concurrent multipart uploads)</remarks>
    [Fact]
    public async Task Of_two_uploads_the_later_created_one_is_current()
    {
        await EnableVersioning();
        var (earlier, later) = (await Begin(), await Begin());
        await Complete(later, "later");
        var completed = await Complete(earlier, "earlier");
        Expect($"{await Read()}, {await Read(completed.GetHeader("x-amz-version-id"))}", "200, later, 200, earlier");
    }

    private async Task<string> Begin() => (await SendAuthorized(CreateRequest("POST").WithQuery("uploads", ""))).GetElement("UploadId")!;

    private async Task<WireResponse> Complete(string uploadId, string body)
    {
        var part = await SendAuthorized(CreateRequest("PUT").WithQuery("partNumber", "1").WithQuery("uploadId", uploadId).WithBody(body));
        return await SendAuthorized(CreateRequest("POST").WithQuery("uploadId", uploadId).WithBody(
            $"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{part.ETag}</ETag></Part></CompleteMultipartUpload>"));
    }

    private WireRequest DeleteMany(string objects)
    {
        var request = WireRequest.ForObject("POST", Bucket).WithQuery("delete", "").WithBody($"<Delete>{objects}</Delete>");
        return request.WithHeader("content-md5", Convert.ToBase64String(MultipartSuite.Md5(request.Body.ToArray())));
    }
}
