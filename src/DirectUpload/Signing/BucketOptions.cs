namespace DirectUpload.Signing;

/// <summary>
/// A further bucket, known to profiles by an alias. An <c>IAmazonS3</c> that is registered as a keyed service under the alias serves it;
/// without one the default client does.
/// </summary>
public sealed class BucketOptions
{
    /// <summary>The bucket's name at S3. Required.</summary>
    /// <value>An access point's ARN or alias is taken too, and <c>tenant:bucket</c> at Ceph. Names that S3 cannot have are refused at start.</value>
    public string Name { get; set; } = string.Empty;

    /// <summary>
    /// The endpoint that clients reach, when it differs from the one that the application uses; URLs are signed for it. Null: the same.
    /// </summary>
    /// <value>Scheme (http or https), host and port only: bucket and key make the path. Default null.</value>
    public Uri? PublicEndpoint { get; set; }
}
