namespace DirectUpload.S3Conformance.Suites;

/// <summary>Copying from a version.</summary>
public abstract class VersionCopy(S3ServerFixture server) : VersioningSuite(server)
{
    private string Final => $"{Key}-final";

    [Fact]
    public async Task An_old_version_is_copied_by_its_id()
    {
        await EnableVersioning();
        var first = await StoreVersion("first");
        await StoreVersion("second");
        var copy = await SendAuthorized(Copying(Final, first));
        Expect($"{copy}, {copy.GetHeader("x-amz-copy-source-version-id") == first}, " +
            $"{copy.GetHeader("x-amz-version-id") is { Length: > 4 } id && id != first}, {await ReadStored(Final)}",
            "200, True, True, first");
    }

    [Fact]
    public async Task Without_an_id_the_current_version_is_copied()
    {
        await EnableVersioning();
        await StoreVersion("first");
        var second = await StoreVersion("second");
        var copy = await SendAuthorized(Copying(Final));
        Expect($"{copy}, {copy.GetHeader("x-amz-copy-source-version-id") == second}, {await ReadStored(Final)}", "200, True, second");
    }

    [Fact]
    public async Task An_old_version_is_restored_by_copying_it_onto_its_key()
    {
        await EnableVersioning();
        var first = await StoreVersion("first");
        await StoreVersion("second");
        Expect($"{await SendAuthorized(Copying(Key, first))}, {await Read()}", "200, 200, first");
    }

    [Fact]
    public async Task A_condition_applies_to_the_named_version()
    {
        await EnableVersioning();
        var first = await StoreVersion("first");
        var etag = (await SendAuthorized(Head())).ETag!;
        await StoreVersion("second");
        Expect($"{await SendAuthorized(Copying(Final, first).WithHeader("x-amz-copy-source-if-match", etag))}, " +
            $"{await SendAuthorized(Copying(Final).WithHeader("x-amz-copy-source-if-match", etag))}", "200, 412 PreconditionFailed");
    }

    [Fact]
    public async Task A_deleted_object_cannot_be_copied()
    {
        await EnableVersioning();
        await StoreVersion("first");
        var marker = (await SendAuthorized(CreateRequest("DELETE"))).GetHeader("x-amz-version-id")!;
        Expect(
            $"{await SendAuthorized(Copying(Final))}, {await SendAuthorized(Copying(Final, marker))}", "404 NoSuchKey, 400 InvalidRequest");
    }

    [Fact]
    public async Task A_deleted_version_cannot_be_copied()
    {
        await EnableVersioning();
        var first = await StoreVersion("first");
        await SendAuthorized(CreateRequest("DELETE", first));
        Expect($"{await SendAuthorized(Copying(Final, first))}", "404 NoSuchVersion");
    }

    private WireRequest Copying(string to, string? version = null) =>
        WireRequest.ForObject("PUT", Bucket, to).WithHeader("x-amz-copy-source",
            $"/{Bucket}/{UriEncoding.EncodePath(Key)}{(version is null ? "" : $"?versionId={version}")}");
}
