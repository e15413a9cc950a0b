using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace DirectUpload.LocalS3.Protocol;

/// <summary>Reads a client's XML document in time and memory that are linear in its length.</summary>
/// <remarks>
/// <c>XElement.Load</c> walks up to the root for each node, so a document with ten thousand nested elements takes minutes.
/// </remarks>
internal static class S3XmlReader
{
    // S3's documents have at most six levels.
    private const int MaxDepth = 8;

    // A list of 10,000 parts with one checksum each has 40,001 elements.
    private const int MaxElements = 100_000;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        CheckCharacters = false,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <returns>The root element without attributes, because S3's documents have no significant attributes.</returns>
    public static XElement Read(ReadOnlyMemory<byte> document)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(document.ToArray()), Settings);
            return reader.MoveToContent() == XmlNodeType.Element ? ReadTree(reader) : throw S3Errors.MalformedXml();
        }
        catch (XmlException)
        {
            throw S3Errors.MalformedXml();
        }
    }

    private static XElement ReadTree(XmlReader reader)
    {
        var open = new Stack<XElement>();
        var text = new StringBuilder();
        var elements = 0;
        XElement? root = null;
        do
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (open.Count >= MaxDepth || ++elements > MaxElements)
                        throw S3Errors.MalformedXml();
                    var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
                    if (open.TryPeek(out var parent))
                        parent.Add(element);
                    root ??= element;
                    text.Clear();
                    if (!reader.IsEmptyElement)
                        open.Push(element);
                    break;
                case XmlNodeType.EndElement:
                    var ended = open.Pop();
                    // White space is significant if it is the whole content: a key may be a space.
                    if (ended.FirstNode is null && text.Length > 0)
                        ended.Value = text.ToString();
                    text.Clear();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    text.Append(reader.Value);
                    break;
            }
        }
        while (reader.Read());
        return root!;
    }
}
