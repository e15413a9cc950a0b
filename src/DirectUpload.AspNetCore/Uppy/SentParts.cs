using System.Globalization;
using System.Text;
using System.Xml;
using DirectUpload.AspNetCore.Contract;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>The body of S3's CompleteMultipartUpload: which parts the client has sent. Read once, from the front, in time that grows with its length and not faster.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html.</remarks>
internal static class SentParts
{
    private const int MostParts = 10_000;
    private const int LongestText = 200;
    private const int MostAttributes = 8;

    // CompleteMultipartUpload, Part, ETag, and the text in it.
    private const int Deepest = 3;

    private const string Unnamed = "The body must name each part once, with its ETag. Browsers see ETag only where the bucket's CORS rules expose it.";

    private static readonly XmlReaderSettings Plain = new()
    {
        Async = true,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = JsonBody.ForParts * 1024,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    /// <returns>The ETag of each part by its number, or the sentence that refuses the body.</returns>
    public static async Task<(Dictionary<int, string>? Sent, string? Fault)> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = XmlReader.Create(body, Plain);
            return await ReadAsync(reader, cancellationToken).ConfigureAwait(false);
        }
        catch (XmlException)
        {
            return (null, "The body is not well-formed XML of at most 1 MiB.");
        }
    }

    private static async Task<(Dictionary<int, string>? Sent, string? Fault)> ReadAsync(XmlReader reader, CancellationToken cancellationToken)
    {
        var sent = new Dictionary<int, string>();
        var (number, eTag) = (new StringBuilder(), new StringBuilder());
        // The text that is being read; null outside of what counts.
        StringBuilder? text = null;
        var isPart = false;
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (reader.Depth > Deepest || reader.AttributeCount > MostAttributes)
                return (null, "The body is nested deeper than a CompleteMultipartUpload is, or has too many attributes.");
            switch ((reader.NodeType, reader.Depth))
            {
                case (XmlNodeType.Element, 0) when reader.LocalName != "CompleteMultipartUpload":
                    return (null, "The body is not a CompleteMultipartUpload.");
                case (XmlNodeType.Element, 1):
                    (isPart, text) = (reader.LocalName == "Part", null);
                    number.Clear();
                    eTag.Clear();
                    if (isPart && reader.IsEmptyElement)
                        return (null, Unnamed);
                    break;
                case (XmlNodeType.Element, 2):
                    text = isPart && !reader.IsEmptyElement ? reader.LocalName switch { "PartNumber" => number, "ETag" => eTag, _ => null } : null;
                    if (text?.Length > 0)
                        return (null, Unnamed);
                    break;
                case (XmlNodeType.Text or XmlNodeType.CDATA, Deepest) when text is not null:
                    if (text.Length + reader.Value.Length > LongestText)
                        return (null, Unnamed);
                    text.Append(reader.Value);
                    break;
                case (XmlNodeType.EndElement, 1) when isPart:
                    var tag = eTag.ToString().Trim();
                    if (!int.TryParse(number.ToString().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var part) || tag.Length == 0 || !sent.TryAdd(part, tag))
                        return (null, Unnamed);
                    if (sent.Count > MostParts)
                        return (null, "The body names more than 10,000 parts.");
                    break;
            }
        }

        return (sent, null);
    }
}
