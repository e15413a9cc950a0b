using System.Collections;
using DirectUpload.Observers;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.DependencyInjection;

/// <summary>
/// The application's observers: those added to the builder, and those registered as services, under their type's name. Found out when they are first needed, because one of them may need the library itself.
/// </summary>
internal sealed class RegisteredObservers(IEnumerable<UploadObserver> added, PlainRegistrations registrations, IServiceScopeFactory scopes) : IReadOnlyList<UploadObserver>
{
    private readonly Lazy<List<UploadObserver>> _all = new(() => All([.. added], registrations, scopes), LazyThreadSafetyMode.PublicationOnly);

    public int Count => _all.Value.Count;

    public UploadObserver this[int index] => _all.Value[index];

    public IEnumerator<UploadObserver> GetEnumerator() => _all.Value.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static List<UploadObserver> All(List<UploadObserver> all, PlainRegistrations registrations, IServiceScopeFactory scopes)
    {
        var plain = registrations.Of<IUploadObserver>();
        if (plain.Count == 0)
            return all;
        var types = plain.Select(Known).ToArray();
        if (Array.Exists(types, type => type is null))
            types = Made(scopes);
        if (plain.All(descriptor => descriptor.ImplementationType is not null))
            types = [.. types.Distinct()];
        foreach (var type in types.OfType<Type>())
        {
            var name = type.ToString();
            if (types.Count(other => other == type) > 1)
                throw new InvalidOperationException($"Two services of type IUploadObserver are {name}. Records note by name how far each was notified: give each a name of its own by AddDirectUploads().AddObserver(name, create).");
            if (!all.Exists(other => other.Name == name))
                all.Add(new UploadObserver(name, services => services.GetServices<IUploadObserver>().First(observer => observer.GetType() == type)));
        }

        return all;
    }

    // A factory may return something derived from what it promises.
    private static Type? Known(ServiceDescriptor descriptor) =>
        PlainRegistrations.TypeOf<IUploadObserver>(descriptor) is { } type && (descriptor.ImplementationFactory is null || type.IsSealed) ? type : null;

    private static Type[] Made(IServiceScopeFactory scopes)
    {
        using var scope = scopes.CreateScope();
        return [.. scope.ServiceProvider.GetServices<IUploadObserver>().Select(observer => observer.GetType())];
    }
}
