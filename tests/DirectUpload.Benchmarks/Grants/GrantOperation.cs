using System.Text;
using DirectUpload.Benchmarks.Requests;

namespace DirectUpload.Benchmarks.Grants;

/// <summary>A request that is sent again and again.</summary>
/// <param name="Name">The heading of its columns.</param>
/// <param name="WarmupCount">How many requests the compilers of the servers need.</param>
/// <param name="CreateRequest">Creates its bytes from the prefix of the server's paths.</param>
internal sealed record GrantOperation(string Name, int WarmupCount, Func<string, byte[]> CreateRequest)
{
    private const int FormFileSize = 1 << 20;
    private const string Boundary = "----------------8d1b2c7e4f5a";

    public static GrantOperation Form { get; } = new(
        "`GET /s3/params`", 4_000,
        prefix => LoadClient.CreateGet($"{prefix}/s3/params?filename=holiday.png&type=image%2Fpng&metadata[name]=holiday.png"));

    // Storage is asked to begin each of them.
    public static GrantOperation Multipart { get; } = new(
        "`POST /s3/multipart`", 800,
        prefix => LoadClient.CreatePost(
            $"{prefix}/s3/multipart",
            """{"filename":"film.bin","type":"application/octet-stream","metadata":{"name":"film.bin"}}"""u8.ToArray()));

    public static GrantOperation FormFile { get; } = new(
        "1 MiB by IFormFile", 40,
        _ => LoadClient.CreatePost(GrantHost.FormPath, CreateFormFile(), $"multipart/form-data; boundary={Boundary}"));

    private static byte[] CreateFormFile()
    {
        var content = new byte[FormFileSize];
        new Random(1).NextBytes(content);
        return
        [
            .. Encoding.ASCII.GetBytes(
                $"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"noise.bin\"\r\n" +
                "Content-Type: application/octet-stream\r\n\r\n"),
            .. content,
            .. Encoding.ASCII.GetBytes($"\r\n--{Boundary}--\r\n"),
        ];
    }
}
