using System.Diagnostics.CodeAnalysis;
using DirectUpload.Concurrency;
using DirectUpload.Events;
using DirectUpload.Presigning;
using DirectUpload.Processing;
using DirectUpload.Requests;
using DirectUpload.Stores;
using DirectUpload.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DirectUpload;

/// <summary>Configures the services of DirectUpload after <c>AddDirectUploads()</c>.</summary>
/// <remarks>
/// Methods that start with <c>Add</c> add a component; methods that start with <c>Use</c> replace the only one of its kind. Other
/// packages contribute extension methods.
/// </remarks>
public sealed class DirectUploadBuilder
{
    internal DirectUploadBuilder(IServiceCollection services) => Services = services;

    /// <summary>Gets the services of the application.</summary>
    /// <value>The collection that <c>AddDirectUploads()</c> was called on.</value>
    public IServiceCollection Services { get; }

    /// <summary>Stores upload records in the memory of this process, for tests and first steps.</summary>
    /// <remarks>The records are lost when the process ends, and other instances of the application cannot see them.</remarks>
    /// <returns>The builder.</returns>
    public DirectUploadBuilder UseInMemoryStore()
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IUploadRecordStore, InMemoryUploadRecordStore>());
        return this;
    }

    /// <summary>Signs download URLs for CloudFront, for profiles with a <see cref="UploadProfile.ContentBaseUrl"/>.</summary>
    /// <param name="keyPairId">The id of the public key, from a key group that the distribution trusts.</param>
    /// <param name="privateKeyPem">
    /// The private key as PEM text: RSA of at least 2,048 bits, or ECDSA on P-256. Read it from a secret store, never from source code.
    /// </param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="privateKeyPem"/> is not such a key.</exception>
    public DirectUploadBuilder UseCloudFront(string keyPairId, string privateKeyPem)
    {
        Services.Replace(ServiceDescriptor.Singleton(new CloudFrontUrlSigner(keyPairId, privateKeyPem)));
        return this;
    }

    /// <summary>Adds an authorizer, which decides whether an upload may be requested and within which limits.</summary>
    /// <typeparam name="TAuthorizer">
    /// The type of the authorizer. For each request, it is resolved from the services if it is registered there; otherwise it is created
    /// with its dependencies.
    /// </typeparam>
    /// <returns>The builder.</returns>
    public DirectUploadBuilder AddAuthorizer<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TAuthorizer>()
        where TAuthorizer : class, IUploadAuthorizer
    {
        Services.AddSingleton(new AuthorizerRegistration(ActivatorUtilities.GetServiceOrCreateInstance<TAuthorizer>));
        return this;
    }

    /// <summary>Adds a delegate as an authorizer.</summary>
    /// <param name="authorize">Decides about one request, as <see cref="IUploadAuthorizer.AuthorizeAsync"/> does.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="authorize"/> is null.</exception>
    public DirectUploadBuilder AddAuthorizer(Func<UploadAuthorizationContext, UploadAuthorization> authorize)
    {
        ArgumentNullException.ThrowIfNull(authorize);
        var authorizer = new DelegateAuthorizer(authorize);
        Services.AddSingleton(new AuthorizerRegistration(_ => authorizer));
        return this;
    }

    /// <summary>Adds an event handler, which the worker calls after each transition of an upload.</summary>
    /// <remarks>
    /// Add the same event handlers in every host that requests, confirms or processes uploads. The host that changes an upload records
    /// that a notification is due; a host that runs the worker sends it.
    /// </remarks>
    /// <typeparam name="THandler">
    /// The type of the event handler. For each call, it is resolved from the services if it is registered there; otherwise it is created
    /// with its dependencies. Records identify the handler by the full name of the type.
    /// </typeparam>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">An event handler of this type was added before.</exception>
    public DirectUploadBuilder AddEventHandler<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>()
        where THandler : class, IUploadEventHandler
    {
        return AddEventHandler(typeof(THandler).ToString(), ActivatorUtilities.GetServiceOrCreateInstance<THandler>);
    }

    /// <summary>Adds an event handler that the application creates itself.</summary>
    /// <param name="name">
    /// The name that identifies the event handler in records: 1 to 200 characters, and unique. After a change of the name, the handler
    /// receives the notifications of the last three days again.
    /// </param>
    /// <param name="create">Creates the event handler for one call, from the services of a scope.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="create"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="name"/> is empty or too long, or another event handler has it.
    /// </exception>
    public DirectUploadBuilder AddEventHandler(string name, Func<IServiceProvider, IUploadEventHandler> create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(create);
        if (name.Length > 200)
        {
            throw new ArgumentException(
                $"The name of an event handler has at most 200 characters; this one has {name.Length}. Choose a shorter name.",
                nameof(name));
        }

        if (Services.Any(service => service.ImplementationInstance is EventHandlerRegistration other && other.Name == name))
        {
            throw new ArgumentException(
                $"An event handler named \"{name}\" is already added; give this one another name: AddEventHandler(name, create).",
                nameof(name));
        }

        Services.AddSingleton(new EventHandlerRegistration(name, create));
        return this;
    }

    /// <summary>Runs the <see cref="UploadWorker"/> as a hosted service in this host.</summary>
    /// <remarks>
    /// The worker processes uploads, confirms unconfirmed ones, resumes interrupted ones, expires abandoned ones, deletes objects that are
    /// no longer needed, and notifies event handlers. Any number of hosts may run a worker.
    /// </remarks>
    /// <param name="configure">Configures the worker; null for the defaults.</param>
    /// <returns>The builder.</returns>
    public DirectUploadBuilder AddWorker(Action<UploadWorkerOptions>? configure = null)
    {
        if (configure is not null)
            Services.Configure(configure);
        Services.AddHostedService(static provider => new UploadWorkerService(
            provider.GetRequiredService<UploadWorker>(),
            provider.GetRequiredService<AsyncSignal>(),
            provider.GetRequiredKeyedService<AsyncSignal>(AsyncSignal.NotificationsKey),
            provider.GetRequiredService<IOptions<UploadWorkerOptions>>().Value));
        return this;
    }

    /// <summary>Adds a processor to a profile, after the processors that were added before.</summary>
    /// <remarks>The worker (<see cref="AddWorker"/>) finishes uploads of a profile that has a processor; a confirm does not.</remarks>
    /// <typeparam name="TProcessor">
    /// The type of the processor. It is resolved from the services if it is registered there; otherwise it is created with its
    /// dependencies.
    /// </typeparam>
    /// <param name="profile">The name of the profile. The host does not start if no profile has this name.</param>
    /// <param name="name">
    /// The name that identifies the processor in records: 1 to 200 characters. Null for the full name of the type. The host does not
    /// start if the name is empty or too long.
    /// </param>
    /// <param name="configure">Configures how the processor runs; null for the defaults.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="profile"/> is null or empty.</exception>
    public DirectUploadBuilder AddProcessor<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProcessor>(
        string profile, string? name = null, Action<ProcessorOptions>? configure = null)
        where TProcessor : class, IUploadProcessor
    {
        ArgumentException.ThrowIfNullOrEmpty(profile);
        Services.Configure<DirectUploadOptions>(
            options => options.ConfigureProfile(profile, changed => changed.AddProcessor<TProcessor>(name, configure)));
        return this;
    }
}
