using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DirectUpload.Client.Application;

/// <summary>The application's calls, one by one. Each may be repeated: a request whose answer was lost has made a record that nobody knows of, and that expires by itself.</summary>
internal sealed class UploadApi(ApplicationCalls calls)
{
    public Task<ApplicationCalls.Answer<GrantBody>> RequestAsync(RequestBody body, CancellationToken cancellationToken) => calls.SendAsync(
        HttpMethod.Post, string.Empty, null, () => Json(body, ContractJson.Default.RequestBody), ContractJson.Default.GrantBody, cancellationToken);

    public Task<ApplicationCalls.Answer<RenewedBody>> RenewAsync(UploadState state, CancellationToken cancellationToken) => calls.SendAsync(
        HttpMethod.Post, $"/{state.Id}/renew", state.WriteToken, null, ContractJson.Default.RenewedBody, cancellationToken);

    public Task<ApplicationCalls.Answer<SignedPartsBody>> SignPartsAsync(UploadState state, SignPartsBody wanted, CancellationToken cancellationToken) => calls.SendAsync(
        HttpMethod.Post, $"/{state.Id}/parts", state.WriteToken, () => Json(wanted, ContractJson.Default.SignPartsBody), ContractJson.Default.SignedPartsBody,
        cancellationToken);

    public Task<ApplicationCalls.Answer<StoredPartsBody>> ListPartsAsync(UploadState state, CancellationToken cancellationToken) => calls.SendAsync(
        HttpMethod.Get, $"/{state.Id}/parts", state.WriteToken, null, ContractJson.Default.StoredPartsBody, cancellationToken);

    public Task<ApplicationCalls.Answer<StatusBody>> ConfirmAsync(UploadState state, CancellationToken cancellationToken) => calls.SendAsync(
        HttpMethod.Post, $"/{state.Id}/confirm", state.WriteToken, null, ContractJson.Default.StatusBody, cancellationToken);

    public Task<ApplicationCalls.Answer<StatusBody>> ShowAsync(string id, string token, CancellationToken cancellationToken) => calls.SendAsync(
        HttpMethod.Get, $"/{Uri.EscapeDataString(id)}", token, null, ContractJson.Default.StatusBody, cancellationToken);

    public Task DeleteAsync(UploadState state, CancellationToken cancellationToken) => calls.DeleteAsync($"/{state.Id}", state.WriteToken, cancellationToken);

    // With its length, not in chunks, which some servers and proxies don't take.
    private static ByteArrayContent Json<T>(T body, JsonTypeInfo<T> type) => new(JsonSerializer.SerializeToUtf8Bytes(body, type)) { Headers = { ContentType = new("application/json") } };
}
