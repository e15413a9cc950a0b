using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace DirectUpload.DynamoDB.Tests;

/// <summary>What lies between the SDK and the server. It carries everything, unless told otherwise.</summary>
internal sealed class InterceptingHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    private long _bytesReceived;

    /// <summary>Every request, repetitions included: its operation and its body.</summary>
    public ConcurrentQueue<(string Operation, string Body)> Requests { get; } = [];

    /// <summary>What is answered to an operation in the server's stead; it then knows nothing of the request.</summary>
    public Func<string, HttpResponseMessage?> RespondInstead { get; set; } = _ => null;

    /// <summary>Whether a request is done, and nobody hears of it.</summary>
    public Func<(string Operation, string Body), bool> ShouldLoseResponse { get; set; } = _ => false;

    /// <summary>Runs once an operation is done, before anybody hears of it.</summary>
    public Func<string, Task> OnCompleted { get; set; } = _ => Task.CompletedTask;

    /// <summary>How long all answers were together.</summary>
    public long BytesReceived => Interlocked.Read(ref _bytesReceived);

    public int Count(string operation) => Requests.Count(request => request.Operation == operation);

    public static HttpResponseMessage CreateError(string error, string message = "") =>
        CreateResponse(HttpStatusCode.BadRequest, $$"""{"__type":"com.amazonaws.dynamodb.v20120810#{{error}}","message":"{{message}}"}""");

    public static HttpResponseMessage CreateResponse(HttpStatusCode status, string json) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/x-amz-json-1.0") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var operation = request.Headers.GetValues("X-Amz-Target").Single().Split('.')[1];
        var body = await request.Content!.ReadAsStringAsync(cancellationToken);
        Requests.Enqueue((operation, body));
        if (RespondInstead(operation) is { } answer)
        {
            answer.RequestMessage = request;
            return answer;
        }

        var response = await base.SendAsync(request, cancellationToken);
        Interlocked.Add(ref _bytesReceived, response.Content.Headers.ContentLength ?? 0);
        var loses = ShouldLoseResponse((operation, body));
        await OnCompleted(operation);
        if (!loses)
            return response;
        response.Dispose();
        throw new HttpRequestException("The answer was lost.", new IOException("Connection reset by peer"));
    }
}
