using DirectUpload.Observers;
using DirectUpload.Processing;
using DirectUpload.Profiles;

namespace DirectUpload.DependencyInjection;

/// <summary>Refuses registrations that would silently do nothing: an authorizer that is never asked, a scanner that never scans.</summary>
internal static class RegistrationCheck
{
    /// <exception cref="InvalidOperationException">The message names the call to use instead.</exception>
    public static void Verify(PlainRegistrations registrations, IEnumerable<UploadProfile> profiles)
    {
        Verify<IUploadAuthorizer>(registrations, "call AddDirectUploads().AddAuthorizer<T>()");
        Verify<IUploadObserver>(registrations, "call AddDirectUploads().AddObserver<T>()");
        Verify<IUploadProcessor>(registrations, "call ProcessWith<T>() for the profiles that need it");

        Type[] used = [.. profiles.SelectMany(profile => profile.Processors()).Select(step => step.Type)];
        foreach (var descriptor in registrations.Of<IUploadProcessor>())
        {
            var type = PlainRegistrations.TypeOf<IUploadProcessor>(descriptor);
            if (!used.Contains(typeof(IUploadProcessor)) && (type is null || !used.Contains(type)))
            {
                throw new InvalidOperationException(
                    $"{type?.Name ?? "A processor"} is registered as a service of type IUploadProcessor, but no profile runs it. Call ProcessWith<{type?.Name ?? "T"}>() for the profiles that need it, or remove the registration.");
            }
        }
    }

    private static void Verify<TService>(PlainRegistrations registrations, string cure)
    {
        if (registrations.KeysOf<TService>() is [var key, ..])
            throw new InvalidOperationException($"A service of type {typeof(TService).Name} is registered with the key \"{key}\", and keyed ones are never used. Register it without a key, or {cure}.");
    }
}
