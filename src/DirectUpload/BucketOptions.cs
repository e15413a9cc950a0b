namespace DirectUpload;

/// <summary>Configures an additional bucket, which profiles refer to by an alias.</summary>
/// <remarks>
/// If an <c>IAmazonS3</c> is registered as a keyed service under the alias, this client is used for the bucket; otherwise the default
/// client is used.
/// </remarks>
public sealed class BucketOptions
{
    /// <summary>Gets or sets the name of the bucket at S3.</summary>
    /// <value>
    /// Required: a bucket name, the ARN or alias of an access point, or <c>tenant:bucket</c> at Ceph. The host does not start with a name
    /// that S3 does not allow.
    /// </value>
    public string Name { get; set; } = string.Empty;

    /// <summary>Gets or sets the endpoint that clients use for this bucket, if it differs from the endpoint of the application.</summary>
    /// <value>
    /// Scheme (http or https), host and port only: bucket and key form the path. URLs for clients are signed for this endpoint. The
    /// default is null: the endpoint of the application.
    /// </value>
    public Uri? PublicEndpoint { get; set; }
}
