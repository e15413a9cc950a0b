using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.TestKit;

/// <summary>Receives event notifications of S3 servers on a free port of this machine, and keeps them.</summary>
public sealed class EventReceiver : IAsyncDisposable
{
    private static readonly Lazy<Task<EventReceiver>> Shared = new(() => StartAsync());

    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(10);

    private readonly Func<int, int> getStatus;
    private readonly List<JsonElement> received = [];
    private readonly ConcurrentDictionary<string, Uri> forwardedBuckets = new();
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly WebApplication app;
    private TaskCompletionSource changed = CreateChangeSource();
    private int requests;

    private EventReceiver(Func<int, int> answer)
    {
        this.getStatus = answer;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(ReceiveAsync);
    }

    public Uri Endpoint => new(app.Urls.First() + "/events");

    /// <summary>The number of received messages, accepted or not.</summary>
    public int Requests => Volatile.Read(ref requests);

    /// <summary>Returns one receiver for the whole test program; tests wait for messages of their own bucket.</summary>
    public static Task<EventReceiver> GetSharedAsync() => Shared.Value;

    /// <param name="answer">The status for the nth request, from 1; 200 by default. Only messages answered with 200 are kept.</param>
    public static async Task<EventReceiver> StartAsync(Func<int, int>? answer = null)
    {
        var receiver = new EventReceiver(answer ?? (_ => 200));
        await receiver.app.StartAsync();
        return receiver;
    }

    /// <summary>Forwards a bucket's messages to another address instead of keeping them.</summary>
    /// <remarks>The user and password of the address become Basic authentication.</remarks>
    public void Forward(string bucket, Uri endpoint) => forwardedBuckets[bucket] = endpoint;

    /// <summary>Waits for the given number of records of a bucket, and returns those that arrived before the timeout, in order.</summary>
    public async Task<IReadOnlyList<JsonElement>> WaitForRecordsAsync(string bucket, int count) => await WaitAsync(
        document => document.TryGetProperty("Records", out var records)
            ? records.EnumerateArray().Where(record => GetBucketName(record) == bucket)
            : [],
        count);

    /// <summary>Returns the test events of a bucket.</summary>
    public async Task<IReadOnlyList<JsonElement>> WaitForTestEventsAsync(string bucket, int count) => await WaitAsync(
        document => document.TryGetProperty("Bucket", out var name) && name.GetString() == bucket ? [document] : [], count);

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return app.DisposeAsync();
    }

    // Waiting tests continue asynchronously, outside the lock in which the result is set.
    private static TaskCompletionSource CreateChangeSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string? GetBucketName(JsonElement record) =>
        record.GetProperty("s3").GetProperty("bucket").GetProperty("name").GetString();

    private async Task<IReadOnlyList<JsonElement>> WaitAsync(Func<JsonElement, IEnumerable<JsonElement>> select, int count)
    {
        using var patience = new CancellationTokenSource(WaitTimeout);
        while (true)
        {
            Task next;
            List<JsonElement> found;
            lock (received)
            {
                found = [.. received.SelectMany(select)];
                next = changed.Task;
            }
            if (found.Count >= count || patience.IsCancellationRequested) return found;
            await Task.WhenAny(next, Task.Delay(Timeout.Infinite, patience.Token));
        }
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        var document = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
        if (document.TryGetProperty("Records", out var records)
            && forwardedBuckets.TryGetValue(GetBucketName(records[0])!, out var endpoint) && endpoint != Endpoint)
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = JsonContent.Create(document) };
            message.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(endpoint.UserInfo)));
            try
            {
                using var answered = await http.SendAsync(message);
                context.Response.StatusCode = (int)answered.StatusCode;
            }
            catch (HttpRequestException)
            {
                // A disposed host receives nothing, and other messages do not wait for retries to it.
            }

            return;
        }

        context.Response.StatusCode = getStatus(Interlocked.Increment(ref requests));
        if (context.Response.StatusCode != 200) return;
        lock (received)
        {
            received.Add(document);
            changed.TrySetResult();
            changed = CreateChangeSource();
        }
    }
}
