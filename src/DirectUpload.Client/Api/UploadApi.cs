using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DirectUpload.Client.Api;

/// <summary>Provides the application's HTTP operations.</summary>
/// <remarks>
/// Each call is safe to repeat. A request whose response was lost has created a record that no client knows; that record expires.
/// </remarks>
internal sealed class UploadApi(ApiClient calls)
{
    public Task<ApiClient.ApiResponse<GrantBody>> RequestAsync(RequestBody body, CancellationToken cancellationToken) => calls.SendAsync(
        HttpMethod.Post, string.Empty, null, () => CreateContent(body, ContractJson.Default.RequestBody), ContractJson.Default.GrantBody,
        cancellationToken);

    public Task<ApiClient.ApiResponse<RenewedBody>> RenewAsync(FileUploadState state, CancellationToken cancellationToken) =>
        calls.SendAsync(
            HttpMethod.Post, $"/{state.Id}/renew", state.WriteToken, null, ContractJson.Default.RenewedBody, cancellationToken);

    public Task<ApiClient.ApiResponse<SignedPartsBody>> SignPartsAsync(
        FileUploadState state, SignPartsBody wanted, CancellationToken cancellationToken) => calls.SendAsync(
        HttpMethod.Post, $"/{state.Id}/parts", state.WriteToken, () => CreateContent(wanted, ContractJson.Default.SignPartsBody),
        ContractJson.Default.SignedPartsBody,
        cancellationToken);

    public Task<ApiClient.ApiResponse<StoredPartsBody>> ListPartsAsync(FileUploadState state, CancellationToken cancellationToken) =>
        calls.SendAsync(
            HttpMethod.Get, $"/{state.Id}/parts", state.WriteToken, null, ContractJson.Default.StoredPartsBody, cancellationToken);

    public Task<ApiClient.ApiResponse<StatusBody>> ConfirmAsync(
        FileUploadState state, string? crc64Nvme, CancellationToken cancellationToken) => calls.SendAsync(
        HttpMethod.Post, $"/{state.Id}/confirm", state.WriteToken,
        crc64Nvme is null ? null : () => CreateContent(new ConfirmBody(new ChecksumsBody(crc64Nvme)), ContractJson.Default.ConfirmBody),
        ContractJson.Default.StatusBody, cancellationToken);

    public Task<ApiClient.ApiResponse<StatusBody>> GetAsync(string id, string token, CancellationToken cancellationToken) =>
        calls.SendAsync(
            HttpMethod.Get, $"/{Uri.EscapeDataString(id)}", token, null, ContractJson.Default.StatusBody, cancellationToken);

    public Task<ApiClient.ApiResponse<ListBody>> ListAsync(
        FileUploadAssociation? association, string? before, CancellationToken cancellationToken)
    {
        var query = association is null
            ? "?mine"
            : $"?association={Uri.EscapeDataString($"{association.Type}:{association.Id}")}"
                + (association.Kind is { } kind ? $"&kind={Uri.EscapeDataString(kind)}" : string.Empty);
        var page = before is null ? query : $"{query}&before={Uri.EscapeDataString(before)}";
        return calls.SendAsync(HttpMethod.Get, $"{page}&limit=100", null, null, ContractJson.Default.ListBody, cancellationToken);
    }

    public Task DeleteAsync(FileUploadState state, string? reason, CancellationToken cancellationToken) =>
        calls.DeleteAsync(
            $"/{state.Id}", state.WriteToken,
            reason is null ? null : () => CreateContent(new DeleteBody(reason), ContractJson.Default.DeleteBody), cancellationToken);

    // The body has a length; some servers and proxies do not accept chunked requests.
    private static ByteArrayContent CreateContent<T>(T body, JsonTypeInfo<T> type) =>
        new(JsonSerializer.SerializeToUtf8Bytes(body, type)) { Headers = { ContentType = new("application/json") } };
}
