using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.TestKit;

/// <summary>An HTTP endpoint that S3 servers tell their events, on a free port of this machine. It keeps what it was told.</summary>
public sealed class EventReceiver : IAsyncDisposable
{
    private static readonly Lazy<Task<EventReceiver>> ForAll = new(() => StartAsync());

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Func<int, int> answer;
    private readonly List<JsonElement> received = [];
    private readonly ConcurrentDictionary<string, Uri> handedOn = new();
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly WebApplication app;
    private TaskCompletionSource changed = NewChange();
    private int requests;

    private EventReceiver(Func<int, int> answer)
    {
        this.answer = answer;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(ReceiveAsync);
    }

    public Uri Endpoint => new(app.Urls.First() + "/events");

    /// <summary>How often something was sent here, whether it was taken or not.</summary>
    public int Requests => Volatile.Read(ref requests);

    /// <summary>One for the whole test program: whoever waits names its own bucket.</summary>
    public static Task<EventReceiver> SharedAsync() => ForAll.Value;

    /// <param name="answer">The status for the nth request, from 1; 200 by default. Only what is answered so is kept.</param>
    public static async Task<EventReceiver> StartAsync(Func<int, int>? answer = null)
    {
        var receiver = new EventReceiver(answer ?? (_ => 200));
        await receiver.app.StartAsync();
        return receiver;
    }

    /// <summary>From now on a bucket's messages are handed on, with what stands before the address's host as Basic authentication, and not kept here; unless the address is its own.</summary>
    public void HandOn(string bucket, Uri endpoint) => handedOn[bucket] = endpoint;

    /// <summary>The records of a bucket, in the order in which they came, once there are so many; fewer when they do not come.</summary>
    public async Task<IReadOnlyList<JsonElement>> RecordsAsync(string bucket, int count) => await WaitAsync(
        document => document.TryGetProperty("Records", out var records)
            ? records.EnumerateArray().Where(record => Name(record) == bucket)
            : [],
        count);

    /// <summary>The test events of a bucket.</summary>
    public async Task<IReadOnlyList<JsonElement>> TestEventsAsync(string bucket, int count) => await WaitAsync(
        document => document.TryGetProperty("Bucket", out var name) && name.GetString() == bucket ? [document] : [], count);

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return app.DisposeAsync();
    }

    // Whoever waits goes on elsewhere: not within the lock in which this is set.
    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string? Name(JsonElement record) => record.GetProperty("s3").GetProperty("bucket").GetProperty("name").GetString();

    private async Task<IReadOnlyList<JsonElement>> WaitAsync(Func<JsonElement, IEnumerable<JsonElement>> select, int count)
    {
        using var patience = new CancellationTokenSource(Patience);
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
        if (document.TryGetProperty("Records", out var records) && handedOn.TryGetValue(Name(records[0])!, out var endpoint) && endpoint != Endpoint)
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
                // Whoever has gone hears no more, and nobody behind waits while it is tried again.
            }

            return;
        }

        context.Response.StatusCode = answer(Interlocked.Increment(ref requests));
        if (context.Response.StatusCode != 200) return;
        lock (received)
        {
            received.Add(document);
            changed.TrySetResult();
            changed = NewChange();
        }
    }
}
