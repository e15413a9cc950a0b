namespace DirectUpload.Requests;

/// <summary>Authorizes requests with a delegate.</summary>
internal sealed class DelegateAuthorizer(Func<UploadAuthorizationContext, UploadAuthorization> authorize) : IUploadAuthorizer
{
    public ValueTask<UploadAuthorization> AuthorizeAsync(UploadAuthorizationContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(authorize(context));
}
