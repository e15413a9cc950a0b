namespace DirectUpload.S3Conformance.SelfTests;

/// <summary>LocalS3 behind a fault: a server that gets one thing wrong.</summary>
public sealed class BrokenServer(Fault fault) : LocalS3Fixture
{
    protected override HttpMessageHandler CreateHandler() => new FaultHandler(fault, base.CreateHandler());

    private sealed class FaultHandler(Fault fault, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop) =>
            fault(request, r => base.SendAsync(r, stop));
    }
}

/// <summary>Answers a request wrongly, with or without asking the server behind.</summary>
public delegate Task<HttpResponseMessage> Fault(HttpRequestMessage request, Func<HttpRequestMessage, Task<HttpResponseMessage>> server);
