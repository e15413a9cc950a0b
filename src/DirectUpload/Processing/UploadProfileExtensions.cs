using System.Diagnostics.CodeAnalysis;
using DirectUpload.Profiles;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Processing;

/// <summary>Gives profiles their processors.</summary>
public static class UploadProfileExtensions
{
    private const int LongestName = 200;

    /// <summary>
    /// Adds a step to the processing of this profile's uploads, after those added before. With one, uploads are finished by the worker (<c>AddWorker()</c>), no longer within the confirm.
    /// </summary>
    /// <typeparam name="TProcessor">Taken from the services when it is registered there, else constructed with services.</typeparam>
    /// <param name="profile">The profile.</param>
    /// <param name="name">
    /// What records call it: 1 to 200 characters. Null takes the type's full name. A record carries the names of its processors, and only a host that has them all finishes the upload: give a name if the type may be renamed.
    /// </param>
    /// <returns>The profile.</returns>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    public static UploadProfile ProcessWith<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProcessor>(this UploadProfile profile, string? name = null)
        where TProcessor : class, IUploadProcessor
    {
        ArgumentNullException.ThrowIfNull(profile);
        name ??= typeof(TProcessor).ToString();
        if (name.Length is 0 or > LongestName)
            throw new ArgumentException($"A processor's name has 1 to {LongestName} characters; this one has {name.Length}. Give another one: ProcessWith<T>(\"name\").", nameof(name));
        profile.Add(new ProcessorStep(name, typeof(TProcessor), ActivatorUtilities.GetServiceOrCreateInstance<TProcessor>));
        return profile;
    }
}
