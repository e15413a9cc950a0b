using System.Diagnostics.CodeAnalysis;

namespace DirectUpload.Primitives;

/// <summary>
/// Creates an SDK client when it is first used, for a host that has registered none, and disposes it with the container. Packages that use
/// an SDK client share this file.
/// </summary>
/// <param name="create">Creates the client.</param>
internal sealed class DefaultClient<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TClient>(
    Func<TClient> create) : IDisposable
    where TClient : class, IDisposable
{
    private readonly Lazy<TClient> _client = new(create);

    public TClient Value => _client.Value;

    public void Dispose()
    {
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }
}
