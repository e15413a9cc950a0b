using System.Diagnostics.CodeAnalysis;
using DirectUpload.Profiles;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Processing;

/// <summary>Gives profiles their processors.</summary>
public static class UploadProfileExtensions
{
    /// <summary>
    /// Adds a step to the processing of this profile's uploads, after those added before. With one, uploads are finished by the worker (<c>AddWorker()</c>), no longer within the confirm.
    /// </summary>
    /// <typeparam name="TProcessor">Taken from the services when it is registered there, else constructed with services.</typeparam>
    /// <param name="profile">The profile.</param>
    /// <returns>The profile.</returns>
    public static UploadProfile ProcessWith<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProcessor>(this UploadProfile profile)
        where TProcessor : class, IUploadProcessor
    {
        ArgumentNullException.ThrowIfNull(profile);
        profile.Add(new ProcessorStep(typeof(TProcessor).Name, ActivatorUtilities.GetServiceOrCreateInstance<TProcessor>));
        return profile;
    }
}
