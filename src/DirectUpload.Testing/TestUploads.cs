using DirectUpload.LocalS3;
using DirectUpload.Testing.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Testing;

/// <summary>Gives a test the uploads of its host: makes ready uploads, processes what is due, and reads what is stored.</summary>
/// <remarks>
/// <c>UseDirectUploadTesting()</c> registers it as a service: <c>factory.Services.GetRequiredService&lt;TestUploads&gt;()</c>. A test
/// without a web application uses <see cref="DirectUploadTestHost"/>. No worker runs in the background, so nothing changes between two
/// calls of the test. Instances are safe for concurrent use.
/// </remarks>
public class TestUploads
{
    private readonly UploadMaker _maker;

    internal TestUploads(IServiceProvider services)
    {
        Services = services;
        _maker = new UploadMaker(services);
    }

    /// <summary>Gets the services of the host.</summary>
    /// <value>The provider, without a scope.</value>
    public IServiceProvider Services { get; }

    /// <summary>Gets the service of the library.</summary>
    /// <value>The service that the application uses too.</value>
    public IDirectUploadService Service => Services.GetRequiredService<IDirectUploadService>();

    /// <summary>Gets the clock that the application, the library and LocalS3 share.</summary>
    /// <value>The clock, which the test advances.</value>
    /// <exception cref="InvalidOperationException">
    /// The application registers a clock of its own, such as a <c>FakeTimeProvider</c>, which is used instead; advance that clock.
    /// </exception>
    public UploadTestClock Clock => Services.GetRequiredService<TimeProvider>() switch
    {
        UploadTestClock clock => clock,
        var other => throw new InvalidOperationException(
            $"The application registers a {other.GetType().Name} as TimeProvider, and the library and LocalS3 use it. Advance that clock."),
    };

    /// <summary>Gets the S3 server that stores the objects, in this process.</summary>
    /// <value>The server, which runs while the host runs.</value>
    public LocalS3Server Storage => Services.GetRequiredService<LocalS3Server>();

    /// <summary>Gets a client that sends requests to presigned URLs.</summary>
    /// <value>A client of this instance. It does not call the application; <c>factory.CreateClient()</c> does.</value>
    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });

    /// <summary>Makes a ready upload in one call.</summary>
    /// <remarks>
    /// The upload is a real one: the rules, the authorizers, the inspection and the processors of the application have accepted it. Call
    /// <see cref="CreateUploadAsync"/> for further values.
    /// </remarks>
    /// <param name="profile">The name of the profile.</param>
    /// <param name="fileName">The name of the file.</param>
    /// <param name="content">The bytes of the file.</param>
    /// <param name="owner">The owner; null for an anonymous client.</param>
    /// <param name="association">The entity to which the upload is attached; null for none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The upload.</returns>
    /// <exception cref="InvalidOperationException">The application refuses or rejects the upload; the message has the reason.</exception>
    public Task<Upload> CreateReadyUploadAsync(
        string profile, string fileName, byte[] content, string? owner = null, UploadAssociation? association = null,
        CancellationToken cancellationToken = default) => CreateUploadAsync(
        new TestUpload { Profile = profile, FileName = fileName, Content = content, Owner = owner, Association = association },
        cancellationToken);

    /// <summary>Makes an upload in the status that a test needs.</summary>
    /// <remarks>If a processor must run to make the upload ready, all uploads that are due are processed.</remarks>
    /// <param name="upload">The upload.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The upload in its status.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="upload"/> is null.</exception>
    /// <exception cref="ArgumentException"><see cref="TestUpload.Status"/> cannot be reached this way.</exception>
    /// <exception cref="InvalidOperationException">The application refuses or rejects the upload; the message has the reason.</exception>
    public Task<Upload> CreateUploadAsync(TestUpload upload, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(upload);
        return _maker.CreateAsync(upload, cancellationToken);
    }

    /// <summary>Does what the worker would do now: processes, expires and deletes uploads, and notifies event handlers.</summary>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The number of records that were changed, plus the number of records whose event handlers were notified.</returns>
    public Task<int> ProcessDueAsync(CancellationToken cancellationToken = default) =>
        Services.GetRequiredService<UploadWorker>().RunOnceAsync(cancellationToken);

    /// <summary>Reads the stored bytes of a ready upload.</summary>
    /// <param name="id">The id of the upload.</param>
    /// <param name="variant">The name of a variant; null for the content itself.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="InvalidOperationException">The upload has no such content; the message has the reason.</exception>
    public async Task<byte[]> ReadContentAsync(UploadId id, string? variant = null, CancellationToken cancellationToken = default)
    {
        var content = (await Service.OpenReadAsync(id, UploadAccess.Application, variant, cancellationToken).ConfigureAwait(false))
            .GetValueOrThrow();
        var bytes = new MemoryStream();
        await using (content.Stream.ConfigureAwait(false))
            await content.Stream.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes.ToArray();
    }

    /// <summary>Lists the keys of all stored objects, for a test that nothing is left behind.</summary>
    /// <param name="bucket">The name of a bucket; null for the default bucket of the application.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The keys, in their order.</returns>
    public Task<IReadOnlyList<string>> ListObjectKeysAsync(string? bucket = null, CancellationToken cancellationToken = default) =>
        _maker.Objects.ListKeysAsync(bucket, cancellationToken);
}
