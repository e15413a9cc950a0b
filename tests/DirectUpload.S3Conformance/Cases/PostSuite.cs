namespace DirectUpload.S3Conformance;

/// <summary>Cases that post a form.</summary>
public abstract class PostSuite(S3ServerFixture server) : Suite(server)
{
    /// <summary>A form whose policy asks for nothing but its bucket, its signature and the case's key.</summary>
    protected PostForm Form => Blank.With("key", Key);

    /// <summary>The same without a key.</summary>
    protected PostForm Blank => new(Signer, Bucket);

    protected Task<string> Post(PostForm form, string? key = null) => Upload(form.Build(), key);
}
