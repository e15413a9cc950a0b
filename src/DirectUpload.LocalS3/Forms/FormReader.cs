using System.Text;
using DirectUpload.LocalS3.Protocol;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace DirectUpload.LocalS3.Forms;

/// <summary>Reads a multipart form up to its file, which remains a stream; like S3, it ignores everything after the file.</summary>
internal sealed class FormReader
{
    /// <summary>S3's maximum size of everything before the file, in bytes.</summary>
    public const int MaxPreDataSize = 20_480;

    private const int BufferSize = 64 * 1024;

    private readonly MultipartReader _reader;
    private readonly int _boundaryLength;
    private int _preData;

    private FormReader(string boundary, Stream body)
    {
        _boundaryLength = boundary.Length;
        _reader = new MultipartReader(boundary, body, BufferSize) { HeadersLengthLimit = MaxPreDataSize };
    }

    public static FormReader Open(S3Request request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.GetHeader("Content-Type"), out var type) || type.MediaType != "multipart/form-data" ||
            HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 256 } boundary)
            throw new S3Exception(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold")
                .WithDetail("Condition", "Bucket POST must be of the enclosure-type multipart/form-data");
        if (request.ContentLength is null)
            throw new S3Exception(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
        return new(boundary, request.Body);
    }

    public async Task<(FormFields Fields, FormFile File)> ReadAsync(CancellationToken cancellationToken)
    {
        var fields = new FormFields();
        while (await NextAsync(cancellationToken) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) ||
                HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { Length: > 0 } name)
                throw CreateMalformedError();
            if (name.Equals("file", StringComparison.OrdinalIgnoreCase))
                return (fields, new FormFile(GetFileName(disposition), new FormFileStream(section.Body)));
            CountPreData(GetOverhead(section));
            if (!fields.TryAdd(name, await ReadValueAsync(section.Body, cancellationToken)))
                throw S3Errors.InvalidArgument("A form field must not be repeated.", name, "");
        }
        throw S3Errors.InvalidArgument("POST requires exactly one file upload per request.", "file", "0");
    }

    /// <summary>Drops everything after the file, so that the connection can be reused.</summary>
    public static async Task SkipRestAsync(S3Request request, CancellationToken cancellationToken)
    {
        var dropped = new byte[4096];
        while (await request.Body.ReadAsync(dropped, cancellationToken) > 0)
        {
        }
    }

    public static S3Exception CreateMalformedError() =>
        new(400, "MalformedPOSTRequest", "The body of your POST request is not well-formed multipart/form-data.");

    private async Task<MultipartSection?> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _reader.ReadNextSectionAsync(cancellationToken);
        }
        catch (InvalidDataException)
        {
            throw CreateMalformedError();
        }
        catch (IOException e) when (FormFileStream.IsUnexpectedEnd(e))
        {
            throw CreateMalformedError();
        }
    }

    private async Task<string> ReadValueAsync(Stream body, CancellationToken cancellationToken)
    {
        using var value = new MemoryStream();
        var buffer = new byte[4096];
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            CountPreData(read);
            value.Write(buffer, 0, read);
        }
        return Encoding.UTF8.GetString(value.GetBuffer(), 0, (int)value.Length);
    }

    /// <summary>Returns the size of the delimiter and the headers, which count too: "--", "name: value" and the line ends.</summary>
    private int GetOverhead(MultipartSection section) =>
        _boundaryLength + 8
        + (section.Headers ?? []).Sum(header => header.Key.Length + 4 + Encoding.UTF8.GetByteCount(header.Value.ToString()));

    private void CountPreData(int bytes)
    {
        _preData += bytes;
        if (_preData > MaxPreDataSize)
            throw new S3Exception(400, "MaxPostPreDataLengthExceededError",
                "Your POST request fields preceding the upload file were too large.");
    }

    private static string GetFileName(ContentDispositionHeaderValue disposition) =>
        HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value ?? "";
}

/// <summary>Represents the file of a form.</summary>
internal sealed record FormFile(string Name, Stream Content);
