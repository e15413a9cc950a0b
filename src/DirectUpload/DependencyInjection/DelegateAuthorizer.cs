using DirectUpload.Profiles;

namespace DirectUpload.DependencyInjection;

/// <summary>An authorizer of a few lines.</summary>
internal sealed class DelegateAuthorizer(Func<UploadAuthorizationContext, UploadAuthorization> authorize) : IUploadAuthorizer
{
    public ValueTask<UploadAuthorization> AuthorizeAsync(UploadAuthorizationContext context, CancellationToken cancellationToken) => ValueTask.FromResult(authorize(context));
}
