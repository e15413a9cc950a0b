using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using DirectUpload.AspNetCore.Contract;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>The body of S3's CompleteMultipartUpload: which parts the client has sent.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html.</remarks>
internal static class SentParts
{
    private static readonly XmlReaderSettings Plain = new()
    {
        Async = true,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = JsonBody.ForParts * 1024,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <returns>The ETag of each part by its number, or the sentence that refuses the body.</returns>
    public static async Task<(Dictionary<int, string>? Sent, string? Fault)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = XmlReader.Create(request.Body, Plain);
            var document = await XDocument.LoadAsync(reader, LoadOptions.None, cancellationToken).ConfigureAwait(false);
            if (document.Root!.Name.LocalName != "CompleteMultipartUpload")
                return (null, "The body is not a CompleteMultipartUpload.");
            var sent = new Dictionary<int, string>();
            foreach (var part in document.Root.Elements().Where(it => it.Name.LocalName == "Part"))
            {
                if (!int.TryParse(Text(part, "PartNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    || Text(part, "ETag") is not { Length: > 0 } eTag || !sent.TryAdd(number, eTag))
                    return (null, "The body must name each part once, with its ETag. Browsers see ETag only where the bucket's CORS rules expose it.");
            }

            return (sent, null);
        }
        catch (XmlException)
        {
            return (null, "The body is not well-formed XML of at most 1 MiB.");
        }
        catch (BadHttpRequestException)
        {
            return (null, "The body could not be read: it is too long for this server, too slow, or not framed as HTTP wants it.");
        }
    }

    private static string? Text(XElement part, string name) => part.Elements().FirstOrDefault(it => it.Name.LocalName == name)?.Value.Trim();
}
