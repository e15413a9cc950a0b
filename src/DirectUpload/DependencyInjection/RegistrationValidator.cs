using Amazon.S3;
using DirectUpload.Primitives;
using DirectUpload.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DirectUpload.DependencyInjection;

/// <summary>Reports registered services that conflict with each other, or that the library would ignore.</summary>
internal sealed class RegistrationValidator(IgnoredRegistrations registrations) : IValidateOptions<DirectUploadOptions>
{
    public ValidateOptionsResult Validate(string? name, DirectUploadOptions options)
    {
        List<string> errors =
        [
            .. FindStoreErrors(),
            .. FindClientErrors(),
            .. RegistrationCheck.FindErrors(registrations, options.Profiles.Values),
        ];
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private IEnumerable<string> FindStoreErrors()
    {
        var stores = registrations.GetUnkeyed<IUploadRecordStore>();
        if (stores.Count > 1)
        {
            var names = stores.Select(
                store => IgnoredRegistrations.GetImplementationType<IUploadRecordStore>(store)?.Name ?? "a store from a factory");
            yield return $"{stores.Count} record stores are registered: {string.Join(", ", names)}. Keep one Use…() call, "
                + "or one registration of IUploadRecordStore.";
        }

        foreach (var store in stores.Where(store => store.Lifetime != ServiceLifetime.Singleton))
            yield return $"IUploadRecordStore is registered as {store.Lifetime}; register it as a singleton.";
    }

    private IEnumerable<string> FindClientErrors()
    {
        foreach (var client in registrations.GetUnkeyed<IAmazonS3>().Where(client => client.Lifetime == ServiceLifetime.Scoped))
            yield return $"IAmazonS3 is registered as {client.Lifetime}; register it as a singleton: services.AddSingleton<IAmazonS3>(…). "
                + "The SDK's clients are safe for concurrent use.";
        if (registrations.HasUnkeyed<AmazonS3Client>() && !registrations.HasUnkeyed<IAmazonS3>())
            yield return "AmazonS3Client is registered as a service, and IAmazonS3 is not, so the client would be ignored. "
                + "Register it as services.AddSingleton<IAmazonS3>(client).";
    }
}
