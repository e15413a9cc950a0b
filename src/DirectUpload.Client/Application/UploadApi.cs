using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DirectUpload.Client.Application;

/// <summary>The application's calls, one by one. A request alone must not be repeated blindly: each makes a record.</summary>
internal sealed class UploadApi(ApplicationCalls calls)
{
    public Task<ApplicationCalls.Answer<GrantBody>> RequestAsync(RequestBody body, CancellationToken cancellationToken) => calls.SendAsync(
        HttpMethod.Post, string.Empty, null, () => Json(body, ContractJson.Default.RequestBody), ContractJson.Default.GrantBody, repeatable: false, cancellationToken);

    public Task<ApplicationCalls.Answer<RenewedBody>> RenewAsync(UploadState state, CancellationToken cancellationToken) => calls.SendAsync(
        HttpMethod.Post, $"/{state.Id}/renew", state.WriteToken, null, ContractJson.Default.RenewedBody, repeatable: true, cancellationToken);

    public Task<ApplicationCalls.Answer<SignedPartsBody>> SignPartsAsync(UploadState state, SignPartsBody wanted, CancellationToken cancellationToken) => calls.SendAsync(
        HttpMethod.Post, $"/{state.Id}/parts", state.WriteToken, () => Json(wanted, ContractJson.Default.SignPartsBody), ContractJson.Default.SignedPartsBody, repeatable: true,
        cancellationToken);

    public Task<ApplicationCalls.Answer<StoredPartsBody>> ListPartsAsync(UploadState state, CancellationToken cancellationToken) => calls.SendAsync(
        HttpMethod.Get, $"/{state.Id}/parts", state.WriteToken, null, ContractJson.Default.StoredPartsBody, repeatable: true, cancellationToken);

    public Task<ApplicationCalls.Answer<StatusBody>> ConfirmAsync(UploadState state, CancellationToken cancellationToken) => calls.SendAsync(
        HttpMethod.Post, $"/{state.Id}/confirm", state.WriteToken, null, ContractJson.Default.StatusBody, repeatable: true, cancellationToken);

    public Task<ApplicationCalls.Answer<StatusBody>> ShowAsync(string id, string token, CancellationToken cancellationToken) => calls.SendAsync(
        HttpMethod.Get, $"/{Uri.EscapeDataString(id)}", token, null, ContractJson.Default.StatusBody, repeatable: true, cancellationToken);

    public Task DeleteAsync(UploadState state, CancellationToken cancellationToken) => calls.DeleteAsync($"/{state.Id}", state.WriteToken, cancellationToken);

    // With its length, not in chunks, which some servers and proxies don't take.
    private static ByteArrayContent Json<T>(T body, JsonTypeInfo<T> type) => new(JsonSerializer.SerializeToUtf8Bytes(body, type)) { Headers = { ContentType = new("application/json") } };
}
