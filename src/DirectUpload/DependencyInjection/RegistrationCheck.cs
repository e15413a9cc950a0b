using DirectUpload.Primitives;
using DirectUpload.Processing;

namespace DirectUpload.DependencyInjection;

/// <summary>Refuses registrations that would have no effect: an authorizer or a processor that is never called.</summary>
internal static class RegistrationCheck
{
    /// <summary>Returns an error for each of them; the message names the call to use instead.</summary>
    public static IEnumerable<string> FindErrors(IgnoredRegistrations registrations, IEnumerable<UploadProfile> profiles) =>
    [
        .. FindKeyed<IUploadAuthorizer>(registrations, "call AddDirectUploads().AddAuthorizer<T>()"),
        .. FindKeyed<IUploadEventHandler>(registrations, "call AddDirectUploads().AddEventHandler<T>()"),
        .. FindKeyed<IUploadProcessor>(registrations, "call AddProcessor<T>() for the profiles that need it"),
        .. FindUnusedProcessors(registrations, [.. profiles.SelectMany(profile => profile.GetProcessors()).Select(step => step.Type)]),
    ];

    private static IEnumerable<string> FindUnusedProcessors(IgnoredRegistrations registrations, Type[] used)
    {
        foreach (var descriptor in registrations.GetUnkeyed<IUploadProcessor>())
        {
            var type = IgnoredRegistrations.GetImplementationType<IUploadProcessor>(descriptor);
            if (!used.Contains(typeof(IUploadProcessor)) && (type is null || !used.Contains(type)))
            {
                yield return $"{type?.Name ?? "A processor"} is registered as a service of type IUploadProcessor, but no profile runs it. "
                    + $"Call AddProcessor<{type?.Name ?? "T"}>() for the profiles that need it, or remove the registration.";
            }
        }
    }

    private static IEnumerable<string> FindKeyed<TService>(IgnoredRegistrations registrations, string fix)
    {
        foreach (var key in registrations.GetKeys<TService>())
        {
            yield return $"A service of type {typeof(TService).Name} is registered with the key \"{key}\", and keyed services of this "
                + "type are never used. "
                + $"Register it without a key, or {fix}.";
        }
    }
}
