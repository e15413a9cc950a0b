using Amazon.S3;

namespace DirectUpload.TestKit;

/// <summary>Contains temporary credentials and the endpoint that accepts them.</summary>
public sealed record S3Session(S3Access Access, string Token)
{
    public TestSigner Signer => new(Access) { SessionToken = Token };

    public AmazonS3Client CreateClient() => Access.CreateClient(Token);
}
