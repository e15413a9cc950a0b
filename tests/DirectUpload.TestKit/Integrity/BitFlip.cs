using System.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace DirectUpload.TestKit.Integrity;

/// <summary>Flips one bit of a file between a client and storage, in the request that has the byte.</summary>
/// <param name="Size">The size of the file, in bytes.</param>
/// <param name="Position">The index of the byte in the file.</param>
/// <param name="Bit">The index of the bit in the byte.</param>
public sealed record BitFlip(long Size, long Position, int Bit)
{
    private int _applied;

    /// <summary>Gets how often the bit was flipped: more than once if the client sent the byte again.</summary>
    public int Applied => Volatile.Read(ref _applied);

    public static BitFlip Create(Random random, int size) => new(size, random.Next(size), random.Next(8));

    /// <summary>Replaces the body of a request by one with the flipped bit, if the request has the byte.</summary>
    /// <param name="request">A PUT of the file or of a part, or a form that ends with the file.</param>
    /// <param name="partSize">The size of each part but the last.</param>
    public void Apply(HttpRequest request, long partSize)
    {
        if (request.ContentLength is not { } length || request.Method is not ("PUT" or "POST"))
            return;
        var at = FindPosition(request, length, partSize);
        if (at >= 0 && at < length)
            request.Body = new BitFlippingStream(request.Body, at, Bit, () => Interlocked.Increment(ref _applied));
    }

    /// <summary>Flips the bit in a copy of the file that storage keeps.</summary>
    public void Apply(Stream stored, long position)
    {
        stored.Position = position;
        var value = stored.ReadByte();
        stored.Position = position;
        stored.WriteByte((byte)(value ^ (1 << Bit)));
        Interlocked.Increment(ref _applied);
    }

    private long FindPosition(HttpRequest request, long length, long partSize)
    {
        if (request.Method == "PUT")
        {
            return HttpUtility.ParseQueryString(request.QueryString.Value!)["partNumber"] is { } number
                ? Position - ((long.Parse(number, System.Globalization.CultureInfo.InvariantCulture) - 1) * partSize)
                : Position;
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data"))
            return -1;
        // After the file, a form has "\r\n--", the boundary and "--\r\n".
        return length - (HeaderUtilities.RemoveQuotes(type.Boundary).Length + 8) - Size + Position;
    }
}
