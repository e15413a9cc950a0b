namespace DirectUpload.S3Conformance.Suites;

/// <summary>Cases that post a form.</summary>
public abstract class PostFormSuite(S3ServerFixture server) : ConformanceSuite(server)
{
    /// <summary>A form whose policy asks for nothing but its bucket, its signature and the case's key.</summary>
    protected PostForm Form => FormWithoutKey.With("key", Key);

    /// <summary>The same without a key.</summary>
    protected PostForm FormWithoutKey => new(Signer, Bucket);

    protected Task<string> Post(PostForm form, string? key = null) => SendAndRead(form.Build(), key);
}
