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
    private const int Threads = 2;
    private const int ConnectionsPerThread = 32;

    /// <summary>How many requests are under way at once.</summary>
    public const int Concurrency = Threads * ConnectionsPerThread;

    private readonly Connection[][] _connections;

    public LoadClient(int port) => _connections =
        [.. Enumerable.Range(0, Threads)
            .Select(_ => Enumerable.Range(0, ConnectionsPerThread).Select(_ => new Connection(port)).ToArray())];

    /// <summary>The bytes of a POST with a JSON body.</summary>
    public byte[] CreatePost(string path, byte[] json) =>
    [
        .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n")),
        .. json,
    ];

    /// <summary>One request and its answer.</summary>
    public HttpResponseBytes SendOne(byte[] request)
    {
        _connections[0][0].Send(request);
        return HttpResponseBytes.Parse(_connections[0][0].Receive());
    }

    /// <summary>So many requests (a multiple of <see cref="Concurrency"/>), each of which must be answered with 201.</summary>
    public void Send(byte[] request, int count)
    {
        var threads = Array.ConvertAll(_connections, connections => new Thread(() => Send(request, connections, count / Concurrency)));
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
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
                connection.ReceiveCreated();
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

        public void ReceiveCreated()
        {
            var answer = Receive();
            if (!answer.StartsWith("HTTP/1.1 201 "u8))
                throw new InvalidOperationException($"Not 201: {Encoding.ASCII.GetString(answer)}");
        }

        public void Dispose() => _socket.Dispose();
    }
}
