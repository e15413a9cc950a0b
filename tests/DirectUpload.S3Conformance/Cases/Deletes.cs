namespace DirectUpload.S3Conformance;

/// <summary>Deleting is idempotent.</summary>
public abstract class Deletes(S3ServerFixture server) : Suite(server)
{
    [Fact]
    public async Task A_delete_removes()
    {
        await Store();
        Expect($"{await SendAuthorized(Delete())}, {await Stored()}", "204, nothing");
    }

    [Fact]
    public async Task A_second_delete_is_answered_like_the_first()
    {
        await Store();
        await SendAuthorized(Delete());
        Expect($"{await SendAuthorized(Delete())}", "204");
    }

    [Fact]
    public async Task Deleting_what_never_was_is_answered_204() => Expect($"{await SendAuthorized(Delete())}", "204");

    [Fact]
    public async Task A_presigned_delete_removes()
    {
        await Store();
        Expect(await Upload(Signer.Presign(Delete())), "204, nothing");
    }

    [Fact]
    public async Task Without_a_signature_nothing_is_deleted()
    {
        await Store();
        Expect(await Upload(Delete()), "403 AccessDenied, hello");
    }

    private WireRequest Delete() => WireRequest.For("DELETE", Bucket, Key);
}
