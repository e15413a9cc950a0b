using System.Collections;
using DirectUpload.Events;
using DirectUpload.Primitives;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.DependencyInjection;

/// <summary>
/// Lists the application's event handlers: those added to the builder, and those registered as services, which take their type's name.
/// </summary>
/// <remarks>The list is made on first use, because an event handler may depend on the library itself.</remarks>
internal sealed class EventHandlerRegistrations(
    IEnumerable<EventHandlerRegistration> added, IgnoredRegistrations registrations,
    IServiceScopeFactory scopes) : IReadOnlyList<EventHandlerRegistration>
{
    private readonly Lazy<List<EventHandlerRegistration>> _all = new(
        () => ResolveAll([.. added], registrations, scopes), LazyThreadSafetyMode.PublicationOnly);

    public int Count => _all.Value.Count;

    public EventHandlerRegistration this[int index] => _all.Value[index];

    public IEnumerator<EventHandlerRegistration> GetEnumerator() => _all.Value.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static List<EventHandlerRegistration> ResolveAll(
        List<EventHandlerRegistration> all, IgnoredRegistrations registrations, IServiceScopeFactory scopes)
    {
        var plain = registrations.GetUnkeyed<IUploadEventHandler>();
        if (plain.Count == 0)
            return all;
        var types = plain.Select(FindKnownType).ToArray();
        if (Array.Exists(types, type => type is null))
            types = ResolveTypes(scopes);
        if (plain.All(descriptor => descriptor.ImplementationType is not null))
            types = [.. types.Distinct()];
        foreach (var type in types.OfType<Type>())
        {
            var name = type.ToString();
            if (types.Count(other => other == type) > 1)
            {
                throw new InvalidOperationException(
                    $"{name} is registered more than once as a service of type IUploadEventHandler. Records keep a notification checkpoint "
                    + "per handler name: give each a name of its own with AddDirectUploads().AddEventHandler(name, create).");
            }

            if (!all.Exists(other => other.Name == name))
                all.Add(new EventHandlerRegistration(
                    name, services => services.GetServices<IUploadEventHandler>().First(handler => handler.GetType() == type)));
        }

        return all;
    }

    // A factory may return a type derived from the declared one.
    private static Type? FindKnownType(ServiceDescriptor descriptor) =>
        IgnoredRegistrations.GetImplementationType<IUploadEventHandler>(descriptor) is { } type
            && (descriptor.ImplementationFactory is null || type.IsSealed) ? type : null;

    private static Type[] ResolveTypes(IServiceScopeFactory scopes)
    {
        using var scope = scopes.CreateScope();
        return [.. scope.ServiceProvider.GetServices<IUploadEventHandler>().Select(handler => handler.GetType())];
    }
}
