using System.Collections.Concurrent;

namespace DirectUpload.Sqs.Tests;

/// <summary>What lies between the SDK and the server. It carries everything, unless told otherwise.</summary>
internal sealed class InterceptingHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    /// <summary>Every request, repetitions included: its operation and its body.</summary>
    public ConcurrentQueue<(string Operation, string Body)> Requests { get; } = [];

    /// <summary>What is answered to an operation in the server's stead, or thrown; it then knows nothing of the request.</summary>
    public Func<string, HttpResponseMessage?> RespondInstead { get; set; } = _ => null;

    /// <summary>Runs before a request goes on its way.</summary>
    public Func<string, Task> OnSending { get; set; } = _ => Task.CompletedTask;

    public int Count(string operation) => Requests.Count(request => request.Operation == operation);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var operation = request.Headers.GetValues("X-Amz-Target").Single().Split('.')[1];
        Requests.Enqueue((operation, await request.Content!.ReadAsStringAsync(cancellationToken)));
        await OnSending(operation);
        cancellationToken.ThrowIfCancellationRequested();
        if (RespondInstead(operation) is not { } answer)
            return await base.SendAsync(request, cancellationToken);
        answer.RequestMessage = request;
        return answer;
    }
}
