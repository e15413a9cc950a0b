using Amazon.Runtime;

namespace DirectUpload.Benchmarks.Cost;

/// <summary>Counts the application's requests to S3 by their price.</summary>
internal sealed class StorageRequestCounter : HttpClientFactory
{
    /// <summary>Gets the requests at the price of a PUT: PUT, COPY, POST and LIST.</summary>
    public int Writes { get; private set; }

    /// <summary>Gets the requests at the price of a GET: GET and HEAD.</summary>
    public int Reads { get; private set; }

    /// <summary>Gets the requests without a price: DELETE.</summary>
    public int Deletes { get; private set; }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new CountingHandler(this));

    public void Reset() => (Writes, Reads, Deletes) = (0, 0, 0);

    private void Count(HttpRequestMessage request)
    {
        if (request.Method == HttpMethod.Delete)
            Deletes++;
        else if (request.Method == HttpMethod.Head || (request.Method == HttpMethod.Get && !IsList(request)))
            Reads++;
        else
            Writes++;
    }

    private static bool IsList(HttpRequestMessage request) =>
        request.RequestUri!.Query.Contains("list-type=2", StringComparison.Ordinal)
        || request.RequestUri.Query.Contains("versions", StringComparison.Ordinal)
        || request.RequestUri.Query.Contains("uploads", StringComparison.Ordinal);

    private sealed class CountingHandler(StorageRequestCounter counter) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (counter)
                counter.Count(request);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
