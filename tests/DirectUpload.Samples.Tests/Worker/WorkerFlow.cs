using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace DirectUpload.Samples.Tests.Worker;

/// <summary>All that a visitor, the bucket's events and the worker do with uploads.</summary>
internal sealed class WorkerFlow(WorkerApplication application, AwsResources resources, Action<TimeSpan>? delayWorkerReads = null)
{
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static readonly byte[] Infected = [.. Png, .. Encoding.ASCII.GetBytes(FakeClamd.Eicar)];

    private IEnumerable<(string Name, Func<Task> Step)> Steps =>
    [
        ("confirm without an object", ConfirmWithoutObjectAsync),
        ("event without an object", ReportMissingObjectAsync),
        ("event that takes long", ReportSlowlyAsync),
        ("record of a request that exceeded a quota", DeleteRecordAsync),
        ("abort", AbortAsync),
        ("upload that an event confirms", UploadAsync),
        ("infected upload", UploadInfectedAsync),
        ("queue", () => WaitUntilAsync(resources.IsQueueEmptyAsync, "the queue is empty")),
        ("upload that the client confirms and deletes, without events", ConfirmAndDeleteAsync),
    ];

    /// <summary>Runs the steps, up to the first that fails or makes the library log a warning.</summary>
    /// <returns>Its name and what went wrong; null when all succeeded.</returns>
    public async Task<string?> FindFailureAsync()
    {
        foreach (var (name, step) in Steps)
        {
            try
            {
                await step();
                application.Warnings.ThrowIfAny();
            }
            catch (Exception failure)
            {
                return $"{name}: {failure.Message}";
            }
        }

        return null;
    }

    private async Task ConfirmWithoutObjectAsync()
    {
        var answer = await SendAsync(HttpMethod.Post, await RequestAsync(Png), "/confirm");
        answer.StatusCode.Should().Be(HttpStatusCode.Conflict);
    }

    private async Task ReportMissingObjectAsync()
    {
        var grant = await RequestAsync(Png);
        var key = (await resources.GetRecordAsync(grant.Id))["staging_key"].S;
        await resources.SendAsync(JsonSerializer.Serialize(new
        {
            Records = new[]
            {
                new
                {
                    eventVersion = "2.1", eventSource = "aws:s3", eventName = "ObjectCreated:Put",
                    s3 = new { bucket = new { name = resources.Bucket }, @object = new { key, size = 1 } },
                },
            },
        }));
        await WaitUntilAsync(resources.IsQueueEmptyAsync, "the queue is empty");
        (await resources.GetRecordAsync(grant.Id))["status"].S.Should().Be("Requested");
    }

    /// <summary>Lets the handling of an event take as long as its message is hidden; the receiver hides it for longer.</summary>
    private async Task ReportSlowlyAsync()
    {
        delayWorkerReads?.Invoke(WorkerApplication.VisibilityTimeout);
        await ReportMissingObjectAsync();
        delayWorkerReads?.Invoke(TimeSpan.Zero);
    }

    /// <summary>Does what the API does when concurrent requests exceed a quota together, which no test can make sure of.</summary>
    private async Task DeleteRecordAsync()
    {
        var grant = await RequestAsync(Png);
        await application.ApiStore.DeleteAsync(UploadId.Parse(grant.Id));
        (await resources.GetRecordAsync(grant.Id)).Should().BeNullOrEmpty();
    }

    private async Task AbortAsync() =>
        (await SendAsync(HttpMethod.Delete, await RequestAsync(Png))).StatusCode.Should().Be(HttpStatusCode.NoContent);

    private async Task UploadAsync()
    {
        var grant = await RequestAsync(Png);
        await PutAsync(grant, Png);
        await WaitUntilAsync(async () => (await GetStatusAsync(grant)) == "ready", "the upload is ready");

        var record = await resources.GetRecordAsync(grant.Id);
        record["status"].S.Should().Be("Ready");
        record["variants"].Should().NotBeNull();
        record["properties"].M["width"].S.Should().Be("1");
        var listed = (await application.Http.GetFromJsonAsync<JsonElement>("/records")).EnumerateArray()
            .Single(one => one.GetProperty("id").GetString() == grant.Id);
        listed.GetProperty("status").GetString().Should().Be("ready");
        (await ReadAsync(grant, "")).Should().Equal(Png);
        (await ReadAsync(grant, "?variant=thumb"))[..4].Should().Equal("RIFF"u8.ToArray());
    }

    private async Task ConfirmAndDeleteAsync()
    {
        var grant = await RequestAsync(Png);
        resources.LosesEvents = true;
        await PutAsync(grant, Png);
        (await SendAsync(HttpMethod.Post, grant, "/confirm")).IsSuccessStatusCode.Should().BeTrue();
        await WaitUntilAsync(async () => (await GetStatusAsync(grant)) == "ready", "the upload is ready");
        (await SendAsync(HttpMethod.Delete, grant)).StatusCode.Should().Be(HttpStatusCode.NoContent);
        await NothingIsLeftAsync(grant);
    }

    private async Task UploadInfectedAsync()
    {
        var grant = await RequestAsync(Infected);
        await PutAsync(grant, Infected);
        await WaitUntilAsync(async () => (await GetStatusAsync(grant)) == "rejected", "the upload is rejected");
        (await resources.GetRecordAsync(grant.Id))["error"].M["code"].S.Should().Be("infected");
        await NothingIsLeftAsync(grant);
    }

    private async Task<Grant> RequestAsync(byte[] content)
    {
        using var answer = await application.Http.PostAsJsonAsync(
            "/uploads", new { profile = "photo", fileName = "a.png", contentType = "image/png", size = content.Length });
        answer.StatusCode.Should().Be(HttpStatusCode.Created);
        var grant = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return new Grant(
            grant.GetProperty("id").GetString()!, grant.GetProperty("writeToken").GetString()!,
            grant.GetProperty("upload").GetProperty("url").GetString()!);
    }

    private async Task PutAsync(Grant grant, byte[] content)
    {
        using var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        (await resources.Storage.Http.PutAsync(new Uri(grant.Url), body)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private async Task<byte[]> ReadAsync(Grant grant, string query)
    {
        var answer = await application.Http.GetAsync($"/uploads/{grant.Id}/content{query}");
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        return await resources.Storage.Http.GetByteArrayAsync(answer.Headers.Location);
    }

    private async Task<string?> GetStatusAsync(Grant grant)
    {
        application.Warnings.ThrowIfAny();
        var answer = await SendAsync(HttpMethod.Get, grant);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Grant grant, string path = "")
    {
        using var request = new HttpRequestMessage(method, $"/uploads/{grant.Id}{path}");
        request.Headers.Add("Upload-Token", grant.WriteToken);
        return await application.Http.SendAsync(request);
    }

    private async Task NothingIsLeftAsync(Grant grant)
    {
        await WaitUntilAsync(
            async () => ((await resources.Storage.S3.ListObjectsV2Async(new() { BucketName = resources.Bucket })).S3Objects ?? [])
                .TrueForAll(found => !found.Key.Contains(grant.Id)),
            "the objects are deleted");
    }

    private async Task WaitUntilAsync(Func<Task<bool>> condition, string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            application.Warnings.ThrowIfAny();
            patience.IsCancellationRequested.Should().BeFalse($"{what}, or should be by now");
            await Task.Delay(50);
        }
    }

    private sealed record Grant(string Id, string WriteToken, string Url);
}
