namespace DirectUpload.S3Conformance.Suites;

/// <summary>Deleting is idempotent.</summary>
public abstract class Deletes(S3ServerFixture server) : ConformanceSuite(server)
{
    [Fact]
    public async Task A_delete_removes_the_object()
    {
        await Store();
        Expect($"{await SendAuthorized(Delete())}, {await ReadStored()}", "204, nothing");
    }

    [Fact]
    public async Task A_second_delete_returns_the_same_response()
    {
        await Store();
        await SendAuthorized(Delete());
        Expect($"{await SendAuthorized(Delete())}", "204");
    }

    [Fact]
    public async Task Deleting_a_missing_object_returns_204() => Expect($"{await SendAuthorized(Delete())}", "204");

    [Fact]
    public async Task A_presigned_delete_removes_the_object()
    {
        await Store();
        Expect(await SendAndRead(Signer.Presign(Delete())), "204, nothing");
    }

    [Fact]
    public async Task Deleting_needs_a_signature()
    {
        await Store();
        Expect(await SendAndRead(Delete()), "403 AccessDenied, hello");
    }

    private WireRequest Delete() => WireRequest.ForObject("DELETE", Bucket, Key);
}
