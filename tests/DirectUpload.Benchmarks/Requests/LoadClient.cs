using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DirectUpload.Benchmarks.Requests;

/// <summary>
/// Keeps a server busy for next to nothing: requests are bytes written beforehand, and each of a few threads sends one on all of its
/// connections before it reads the first answer, so the server always has work waiting and the client hardly ever waits or switches.
/// </summary>
internal sealed class LoadClient : IDisposable
{
    /// <summary>How many connections keep a server busy.</summary>
    public const int DefaultConnections = 64;

    private const int Threads = 2;

    private readonly Connection[][] _connections;

    /// <param name="port">The server's port on 127.0.0.1.</param>
    /// <param name="connections">How many requests are sent at once: an even number.</param>
    public LoadClient(int port, int connections = DefaultConnections) => _connections =
        [.. Enumerable.Range(0, Threads)
            .Select(_ => Enumerable.Range(0, connections / Threads).Select(_ => new Connection(port)).ToArray())];

    /// <summary>The bytes of a GET.</summary>
    public static byte[] CreateGet(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");

    /// <summary>The bytes of a POST.</summary>
    public static byte[] CreatePost(string path, byte[] body, string contentType = "application/json") =>
    [
        .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {contentType}\r\nContent-Length: {body.Length}\r\n\r\n")),
        .. body,
    ];

    /// <summary>One request and its answer.</summary>
    public HttpResponseBytes SendOne(byte[] request)
    {
        _connections[0][0].Send(request);
        return HttpResponseBytes.Parse(_connections[0][0].Receive());
    }

    /// <summary>So many requests (a multiple of the connections), each of which must succeed.</summary>
    public void Send(byte[] request, int count)
    {
        var rounds = count / _connections.Sum(connections => connections.Length);
        Exception? failure = null;
        var threads = Array.ConvertAll(_connections, connections => new Thread(() =>
        {
            try
            {
                Send(request, connections, rounds);
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        }));
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        if (failure is not null)
            throw new InvalidOperationException("A request failed.", failure);
    }

    public void Dispose()
    {
        foreach (var connection in _connections.SelectMany(connections => connections))
            connection.Dispose();
    }

    private static void Send(byte[] request, Connection[] connections, int rounds)
    {
        for (; rounds > 0; rounds--)
        {
            foreach (var connection in connections)
                connection.Send(request);
            foreach (var connection in connections)
                connection.ReceiveSuccess();
        }
    }

    private sealed class Connection : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly byte[] _buffer = new byte[16 * 1024];

        public Connection(int port) => _socket.Connect(IPAddress.Loopback, port);

        public void Send(byte[] request) => _socket.Send(request);

        /// <summary>The next answer, valid until the one after it.</summary>
        public ReadOnlySpan<byte> Receive()
        {
            for (var length = 0; ;)
            {
                var read = _socket.Receive(_buffer.AsSpan(length));
                if (read == 0)
                    throw new EndOfStreamException("The server has closed the connection.");
                length += read;
                if (HttpResponseBytes.IsComplete(_buffer.AsSpan(0, length)))
                    return _buffer.AsSpan(0, length);
            }
        }

        public void ReceiveSuccess()
        {
            var answer = Receive();
            if (!answer.StartsWith("HTTP/1.1 2"u8))
                throw new InvalidOperationException($"The server refused a request: {Encoding.ASCII.GetString(answer)}");
        }

        public void Dispose() => _socket.Dispose();
    }
}
