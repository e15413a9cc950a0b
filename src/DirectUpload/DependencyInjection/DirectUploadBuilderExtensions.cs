using System.Diagnostics.CodeAnalysis;
using DirectUpload;
using DirectUpload.DependencyInjection;
using DirectUpload.Observers;
using DirectUpload.Processing;
using DirectUpload.Profiles;
using DirectUpload.Records;
using DirectUpload.Signing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What the core itself brings for the builder.</summary>
public static class DirectUploadBuilderExtensions
{
    /// <summary>
    /// Keeps records in this process's memory: for tests and first steps. They die with the process, and a second instance knows nothing of them.
    /// </summary>
    public static DirectUploadBuilder UseInMemoryStore(this DirectUploadBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Replace(ServiceDescriptor.Singleton<IUploadRecordStore, InMemoryUploadRecordStore>());
        return builder;
    }

    /// <summary>Signs the addresses of content that CloudFront serves (profiles with a <c>ContentBaseUrl</c>).</summary>
    /// <param name="builder">What <c>AddDirectUploads()</c> returned.</param>
    /// <param name="keyPairId">The id of the public key, in a key group that the distribution trusts.</param>
    /// <param name="privateKeyPem">The private key as PEM text, RSA of 2,048 bits or ECDSA P-256; from a secret store, never from source code.</param>
    /// <exception cref="ArgumentException">It is no such key.</exception>
    public static DirectUploadBuilder UseCloudFront(this DirectUploadBuilder builder, string keyPairId, string privateKeyPem)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Replace(ServiceDescriptor.Singleton(new CloudFrontUrlSigner(keyPairId, privateKeyPem)));
        return builder;
    }

    /// <summary>Gives the application a say in each request for an upload: it may refuse it, or narrow the profile's limits for it.</summary>
    /// <typeparam name="TAuthorizer">Taken from the services when it is registered there, else constructed with services; one instance for each request.</typeparam>
    /// <param name="builder">What <c>AddDirectUploads()</c> returned.</param>
    public static DirectUploadBuilder AddAuthorizer<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TAuthorizer>(this DirectUploadBuilder builder)
        where TAuthorizer : class, IUploadAuthorizer
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(new AuthorizerStep(ActivatorUtilities.GetServiceOrCreateInstance<TAuthorizer>));
        return builder;
    }

    /// <summary>Gives the application a say in each request, where a few lines are enough.</summary>
    /// <param name="builder">What <c>AddDirectUploads()</c> returned.</param>
    /// <param name="authorize">Decides one request, as <see cref="IUploadAuthorizer.AuthorizeAsync"/> does.</param>
    public static DirectUploadBuilder AddAuthorizer(this DirectUploadBuilder builder, Func<UploadAuthorizationContext, UploadAuthorization> authorize)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(authorize);
        var authorizer = new DelegateAuthorizer(authorize);
        builder.Services.AddSingleton(new AuthorizerStep(_ => authorizer));
        return builder;
    }

    /// <summary>
    /// Has the worker tell the application's own code how uploads go on. Call it in every host that requests, confirms or processes uploads, in the same way: whoever ends an upload notes that somebody is to
    /// be told, and whoever runs the worker tells.
    /// </summary>
    /// <typeparam name="TObserver">Taken from the services when it is registered there, else constructed with services; one instance for each call.</typeparam>
    /// <param name="builder">What <c>AddDirectUploads()</c> returned.</param>
    public static DirectUploadBuilder AddObserver<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TObserver>(this DirectUploadBuilder builder)
        where TObserver : class, IUploadObserver
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddObserver(typeof(TObserver).ToString(), ActivatorUtilities.GetServiceOrCreateInstance<TObserver>);
    }

    /// <summary>Has the worker tell an observer that the application makes itself.</summary>
    /// <param name="builder">What <c>AddDirectUploads()</c> returned.</param>
    /// <param name="name">What records call it: 1 to 200 characters. Two observers need two names, and one whose name changes is told the last three days again; a type's name is its full one.</param>
    /// <param name="create">Makes it from the services of a scope, for each call.</param>
    /// <exception cref="ArgumentException">The name is none, or there is an observer of that name.</exception>
    public static DirectUploadBuilder AddObserver(this DirectUploadBuilder builder, string name, Func<IServiceProvider, IUploadObserver> create)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(create);
        if (name.Length > 200)
            throw new ArgumentException($"An observer's name has at most 200 characters; this one has {name.Length}.", nameof(name));
        if (builder.Services.Any(service => service.ImplementationInstance is UploadObserver other && other.Name == name))
            throw new ArgumentException($"There is an observer \"{name}\" already; give this one a name of its own: AddObserver(name, create).", nameof(name));
        builder.Services.AddSingleton(new UploadObserver(name, create));
        return builder;
    }

    /// <summary>
    /// Runs the <see cref="UploadWorker"/> in this host: it confirms what arrived unconfirmed, takes up what was interrupted, expires what never came, and
    /// deletes what must not stay. Any number of hosts may run one.
    /// </summary>
    /// <param name="builder">What <c>AddDirectUploads()</c> returned.</param>
    /// <param name="configure">How many uploads it works on at once, and how often it looks for more.</param>
    public static DirectUploadBuilder AddWorker(this DirectUploadBuilder builder, Action<UploadWorkerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (configure is not null)
            builder.Services.Configure(configure);
        builder.Services.AddHostedService(static provider => new UploadWorkerService(
            provider.GetRequiredService<UploadWorker>(),
            provider.GetRequiredService<WorkerSignal>(),
            provider.GetRequiredKeyedService<WorkerSignal>(WorkerSignal.Notifications),
            provider.GetRequiredService<IOptions<UploadWorkerOptions>>().Value.PollInterval));
        return builder;
    }
}
