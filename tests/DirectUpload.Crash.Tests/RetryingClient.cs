using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace DirectUpload.Crash.Tests;

/// <summary>A client that does not give up: while the host is dead it has it started again, and repeats itself.</summary>
internal sealed class RetryingClient(HostProcess host) : IDisposable
{
    private static readonly TimeSpan RetryTimeout = TimeSpan.FromMinutes(4);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };

    public async Task<GrantedUpload> RequestAsync(
        string profile, string text, int? size = null, string? method = null, string contentType = "text/plain",
        string fileName = "note.txt")
    {
        using var answer = await SendWithRetriesAsync(() => new HttpRequestMessage(HttpMethod.Post, host.Address)
        {
            Content = JsonContent.Create(
                new { profile, fileName, contentType, size = size ?? text.Length, method }),
        });
        answer.StatusCode.Should().Be(HttpStatusCode.Created);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        // Of one in parts, the first is the last.
        var upload = body.RootElement.GetProperty("upload") is var whole && whole.TryGetProperty("parts", out var parts) ? parts[0] : whole;
        return new GrantedUpload(
            UploadId.Parse(body.RootElement.GetProperty("id").GetString()!), body.RootElement.GetProperty("writeToken").GetString()!, text,
            upload.GetProperty("url").GetString()!,
            upload.GetProperty("headers").EnumerateObject().ToDictionary(header => header.Name, header => header.Value.GetString()!));
    }

    public async Task SendAsync(GrantedUpload granted)
    {
        using var put = new HttpRequestMessage(HttpMethod.Put, granted.Url)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(granted.Text)),
        };
        foreach (var (name, value) in granted.Headers)
        {
            if (!put.Headers.TryAddWithoutValidation(name, value))
                put.Content.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _http.SendAsync(put);
        answer.StatusCode.Should().Be(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Confirms until the upload is settled.</summary>
    public async Task<string> ConfirmAsync(GrantedUpload granted)
    {
        for (var giveUpAt = TimeProvider.System.GetUtcNow() + RetryTimeout; ;)
        {
            using var answer = await SendWithRetriesAsync(() => CreateRequest(granted, HttpMethod.Post, "/confirm"));
            using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            if (answer.StatusCode != HttpStatusCode.Accepted)
                return answer.IsSuccessStatusCode ? body.RootElement.GetProperty("status").GetString()! : $"{(int)answer.StatusCode}";
            if (TimeProvider.System.GetUtcNow() > giveUpAt)
                return "still processing";
            await Task.Delay(50);
        }
    }

    /// <summary>Confirms, and leaves the rest to the worker.</summary>
    public async Task ConfirmOnceAsync(GrantedUpload granted)
    {
        using var answer = await SendWithRetriesAsync(() => CreateRequest(granted, HttpMethod.Post, "/confirm"));
        answer.StatusCode.Should().BeOneOf(HttpStatusCode.OK, HttpStatusCode.Accepted);
    }

    public async Task DeleteAsync(GrantedUpload granted)
    {
        using var answer = await SendWithRetriesAsync(() => CreateRequest(granted, HttpMethod.Delete, string.Empty));
        answer.StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    /// <summary>Posts a decision, signed with a secret as Standard Webhooks specifies.</summary>
    /// <returns>The status of the response.</returns>
    public async Task<HttpStatusCode> SendDecisionAsync(GrantedUpload granted, bool isAccepted, string secret)
    {
        var body = isAccepted
            ? $$"""{"uploadId":"{{granted.Id}}","decision":"accept"}"""
            : $$"""{"uploadId":"{{granted.Id}}","decision":"reject","code":"refused","detail":"The reviewer refused it."}""";
        using var answer = await SendWithRetriesAsync(() =>
        {
            var (id, time) = ($"msg_{Guid.NewGuid():N}", $"{(TimeProvider.System.GetUtcNow() + host.ClockOffset).ToUnixTimeSeconds()}");
            var signature = HMACSHA256.HashData(
                Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{id}.{time}.{body}"));
            var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Address, "/decisions"))
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("webhook-id", id);
            request.Headers.Add("webhook-timestamp", time);
            request.Headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(signature)}");
            return request;
        });
        return answer.StatusCode;
    }

    /// <summary>Checks whether the content is served to the client.</summary>
    public async Task<bool> IsServedAsync(GrantedUpload granted)
    {
        using var answer = await SendWithRetriesAsync(() => CreateRequest(granted, HttpMethod.Get, "/content"));
        return (int)answer.StatusCode < 400;
    }

    /// <summary>Saves a member; how is <c>save</c>, <c>commit</c> or <c>roll back</c>.</summary>
    /// <returns>Null when the application saved it, else why it did not.</returns>
    public async Task<string?> SaveMemberAsync(string name, MemberUploads uploads, string how)
    {
        var query = $"?avatar={uploads.Avatar}&photos={string.Join(',', uploads.Photos)}&how={Uri.EscapeDataString(how)}";
        using var answer = await SendWithRetriesAsync(
            () => new HttpRequestMessage(HttpMethod.Put, new Uri(host.MembersAddress, name + query)));
        return answer.StatusCode == HttpStatusCode.Conflict ? await answer.Content.ReadAsStringAsync() : null;
    }

    public async Task DeleteMemberAsync(string name)
    {
        using var answer = await SendWithRetriesAsync(
            () => new HttpRequestMessage(HttpMethod.Delete, new Uri(host.MembersAddress, name)));
        answer.StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage CreateRequest(GrantedUpload granted, HttpMethod method, string end)
    {
        var request = new HttpRequestMessage(method, new Uri(host.Address, granted.Id + end));
        request.Headers.Add("Upload-Token", granted.WriteToken);
        return request;
    }

    private async Task<HttpResponseMessage> SendWithRetriesAsync(Func<HttpRequestMessage> ask)
    {
        for (var giveUpAt = TimeProvider.System.GetUtcNow() + RetryTimeout; ;)
        {
            await host.EnsureAliveAsync();
            try
            {
                using var request = ask();
                var answer = await _http.SendAsync(request);
                host.CountResponse();
                if ((int)answer.StatusCode < 500 || TimeProvider.System.GetUtcNow() > giveUpAt)
                    return answer;
                answer.Dispose();
            }
            // It was killed while it answered, or did not answer in time.
            catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException
                && TimeProvider.System.GetUtcNow() < giveUpAt)
            {
            }

            await Task.Delay(20);
        }
    }
}

/// <summary>What a client keeps of a grant.</summary>
internal sealed record GrantedUpload(UploadId Id, string WriteToken, string Text, string Url, IReadOnlyDictionary<string, string> Headers);
