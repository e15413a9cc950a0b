using System.Net.Sockets;
using System.Text;
using Amazon.S3;

namespace DirectUpload.LocalS3.Tests.Routing;

/// <summary>A raw connection on which every response must belong to exactly one request.</summary>
public class UnreadBodyTests
{
    private const string Bytes = "0123456789";

    public static TheoryData<string, string, string, bool> Requests
    {
        get
        {
            var data = new TheoryData<string, string, string, bool>();
            foreach (var expect in new[] { "", "Expect: 100-continue\r\n" })
            {
                data.Add(expect, "PUT /uploads/a", "403", true);
                data.Add(expect, "PUT /no-such-bucket/a", "404", true);
                data.Add(expect, "PUT /uploads/a?X-Amz-Signature=1", "400", true);
                data.Add(expect, "PATCH /uploads/a", "405", true);
                data.Add(expect, "PUT /uploads/%FF", "400", true);
                data.Add(expect, "POST /uploads", "412", true);
                data.Add(expect, "signed PUT", "200", false);
                data.Add(expect, "signed PUT with a wrong digest", "400", false);
                data.Add(expect, "signed GET", "404", true);
                data.Add(expect, "signed DELETE", "204", true);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task An_unread_body_closes_the_connection(string expect, string request, string status, bool closes)
    {
        await using var server = await LocalS3TestServer.StartAsync();
        using var connection = new Connection(server);
        var target = request.StartsWith("signed ", StringComparison.Ordinal) ? Sign(server, request) : request;
        await connection.SendAsync($"{target} HTTP/1.1\r\nHost: {server.Endpoint.Authority}\r\n{expect}Content-Length: {Bytes.Length}\r\n" +
            (request.Contains("digest", StringComparison.Ordinal) ? "Content-MD5: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n" : "\r\n"));
        if (expect.Length == 0)
            await connection.SendAsync(Bytes);

        var head = await connection.ReadHeadAsync();
        if (head.StartsWith("HTTP/1.1 100", StringComparison.Ordinal))
        {
            await connection.SendAsync(Bytes);
            head = await connection.ReadHeadAsync();
        }

        head.Should().StartWith($"HTTP/1.1 {status}");
        head.Contains("Connection: close", StringComparison.Ordinal).Should().Be(closes, head);
        if (closes)
            return;
        await connection.SendAsync($"PUT /uploads/b HTTP/1.1\r\nHost: {server.Endpoint.Authority}\r\nContent-Length: 0\r\n\r\n");
        // An error document of the first response may come before the second head.
        (await connection.ReadHeadAsync()).Should().Contain("HTTP/1.1 403");
    }

    [Fact]
    public async Task An_expectation_without_a_body_closes_the_connection()
    {
        await using var server = await LocalS3TestServer.StartAsync();
        using var connection = new Connection(server);
        await connection.SendAsync($"{Sign(server, "signed PUT")} HTTP/1.1\r\nHost: {server.Endpoint.Authority}\r\n" +
            "Expect: 100-continue\r\nContent-Length: 0\r\n\r\n");

        var head = await connection.ReadHeadAsync();

        head.Should().StartWith("HTTP/1.1 200").And.Contain("Connection: close");
    }

    [Fact]
    public async Task A_refused_large_body_still_receives_the_response()
    {
        await using var server = await LocalS3TestServer.StartAsync();
        using var connection = new Connection(server);
        await connection.SendAsync($"PUT /uploads/a HTTP/1.1\r\nHost: {server.Endpoint.Authority}\r\nContent-Length: 20000000\r\n\r\n");
        await connection.SendAsync(new string('x', 20_000_000));

        (await connection.ReadHeadAsync()).Should().StartWith("HTTP/1.1 403").And.Contain("Connection: close");
    }

    private static string Sign(LocalS3TestServer server, string request)
    {
        var verb = request.Split(' ')[1];
        var url = new Uri(server.Presign("key", Enum.Parse<HttpVerb>(verb), presign =>
        {
            if (request.Contains("digest", StringComparison.Ordinal))
                presign.Headers.ContentMD5 = "AAAAAAAAAAAAAAAAAAAAAA==";
        }));
        return $"{verb} {url.PathAndQuery}";
    }

    private sealed class Connection(LocalS3TestServer server) : IDisposable
    {
        private readonly TcpClient _client = new(server.Endpoint.Host, server.Endpoint.Port);

        private NetworkStream Stream => field ??= _client.GetStream();

        public Task SendAsync(string text) => Stream.WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();

        public async Task<string> ReadHeadAsync()
        {
            var head = new StringBuilder();
            var one = new byte[1];
            while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                if (await Stream.ReadAsync(one).AsTask().WaitAsync(TimeSpan.FromSeconds(10)) == 0)
                    break;
                head.Append((char)one[0]);
            }
            return head.ToString();
        }

        public void Dispose() => _client.Dispose();
    }
}
