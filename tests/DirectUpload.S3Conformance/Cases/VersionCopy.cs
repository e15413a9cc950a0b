namespace DirectUpload.S3Conformance;

/// <summary>Copying from a version.</summary>
public abstract class VersionCopy(S3ServerFixture server) : VersioningSuite(server)
{
    private string Final => $"{Key}-final";

    [Fact]
    public async Task An_old_version_is_copied_by_its_id()
    {
        await KeepVersions();
        var first = await StoreVersion("first");
        await StoreVersion("second");
        var copy = await SendAuthorized(Copying(Final, first));
        Expect($"{copy}, {copy.Header("x-amz-copy-source-version-id") == first}, " +
            $"{copy.Header("x-amz-version-id") is { Length: > 4 } id && id != first}, {await Stored(Final)}", "200, True, True, first");
    }

    [Fact]
    public async Task Without_an_id_the_current_version_is_copied()
    {
        await KeepVersions();
        await StoreVersion("first");
        var second = await StoreVersion("second");
        var copy = await SendAuthorized(Copying(Final));
        Expect($"{copy}, {copy.Header("x-amz-copy-source-version-id") == second}, {await Stored(Final)}", "200, True, second");
    }

    [Fact]
    public async Task An_old_version_is_restored_by_copying_it_onto_its_key()
    {
        await KeepVersions();
        var first = await StoreVersion("first");
        await StoreVersion("second");
        Expect($"{await SendAuthorized(Copying(Key, first))}, {await Read()}", "200, 200, first");
    }

    [Fact]
    public async Task A_condition_is_held_to_the_version_that_is_named()
    {
        await KeepVersions();
        var first = await StoreVersion("first");
        var etag = (await SendAuthorized(Head())).ETag!;
        await StoreVersion("second");
        Expect($"{await SendAuthorized(Copying(Final, first).WithHeader("x-amz-copy-source-if-match", etag))}, " +
            $"{await SendAuthorized(Copying(Final).WithHeader("x-amz-copy-source-if-match", etag))}", "200, 412 PreconditionFailed");
    }

    [Fact]
    public async Task A_deleted_object_cannot_be_copied()
    {
        await KeepVersions();
        await StoreVersion("first");
        var marker = (await SendAuthorized(Of("DELETE"))).Header("x-amz-version-id")!;
        Expect($"{await SendAuthorized(Copying(Final))}, {await SendAuthorized(Copying(Final, marker))}", "404 NoSuchKey, 400 InvalidRequest");
    }

    [Fact]
    public async Task A_version_that_is_gone_cannot_be_copied()
    {
        await KeepVersions();
        var first = await StoreVersion("first");
        await SendAuthorized(Of("DELETE", first));
        Expect($"{await SendAuthorized(Copying(Final, first))}", "404 NoSuchVersion");
    }

    private WireRequest Copying(string to, string? version = null) => WireRequest.For("PUT", Bucket, to).WithHeader("x-amz-copy-source",
        $"/{Bucket}/{UriEncoding.Path(Key)}{(version is null ? "" : $"?versionId={version}")}");
}
