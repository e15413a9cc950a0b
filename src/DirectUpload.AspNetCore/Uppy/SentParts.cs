using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using DirectUpload.AspNetCore.Bodies;
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

    /// <returns>The ETag of each part by its number, or why the body is refused.</returns>
    public static async Task<(Dictionary<int, string>? Sent, BodyFault? Fault)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (received, broken) = await BodyReader.ReadAsync(request, JsonBody.ForParts * 1024, BodyBudget.Proven, cancellationToken).ConfigureAwait(false);
        if (received is null)
            return (null, broken);
        using var body = received;
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body.Bytes.ToArray()), Plain);
            var document = await XDocument.LoadAsync(reader, LoadOptions.None, cancellationToken).ConfigureAwait(false);
            if (document.Root!.Name.LocalName != "CompleteMultipartUpload")
                return (null, BodyFault.Invalid("The body is not a CompleteMultipartUpload."));
            var sent = new Dictionary<int, string>();
            foreach (var part in document.Root.Elements().Where(it => it.Name.LocalName == "Part"))
            {
                if (!int.TryParse(Text(part, "PartNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    || Text(part, "ETag") is not { Length: > 0 } eTag || !sent.TryAdd(number, eTag))
                    return (null, BodyFault.Invalid("The body must name each part once, with its ETag. Browsers see ETag only where the bucket's CORS rules expose it."));
            }

            return (sent, null);
        }
        catch (XmlException)
        {
            return (null, BodyFault.Invalid("The body is not well-formed XML of at most 1 MiB."));
        }
    }

    private static string? Text(XElement part, string name) => part.Elements().FirstOrDefault(it => it.Name.LocalName == name)?.Value.Trim();
}
