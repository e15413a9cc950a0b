using DirectUpload.Benchmarks.Processes;

namespace DirectUpload.Benchmarks.Grants;

/// <summary>An application with this library, in a process of its own.</summary>
internal sealed class HostServer(ChildProcess process) : IGrantServer
{
    private readonly HttpClient _http = new() { BaseAddress = process.Address };

    public int Port => process.Address.Port;

    public string Prefix => GrantHost.Pattern;

    public TimeSpan ProcessorTime => process.ProcessorTime;

    public static async Task<HostServer> StartAsync(Uri storage, string store, bool hasQuotas = true) =>
        new(await ChildProcess.StartAsync(GrantHost.Role, storage.AbsoluteUri, store, $"{hasQuotas}"));

    public async Task ForgetAsync() => (await _http.DeleteAsync(GrantHost.RecordsPath)).EnsureSuccessStatusCode();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await process.DisposeAsync();
    }
}
