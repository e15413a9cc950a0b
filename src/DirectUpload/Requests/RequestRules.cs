using DirectUpload.Profiles;

namespace DirectUpload.Requests;

/// <summary>Groups the services that decide whether a request is granted: profiles, authorizers and quotas.</summary>
internal sealed record RequestRules(ProfileCatalog Profiles, AuthorizerPipeline Authorizers, UploadQuota Quota);
