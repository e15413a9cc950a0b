using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.LocalS3.Protocol;

/// <summary>Reads and writes S3's XML documents.</summary>
internal static class S3Xml
{
    public static readonly XNamespace Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    // Keys may contain control characters. S3 writes them as character references, although XML 1.0 does not allow them.
    private static readonly XmlWriterSettings Writing = new() { Encoding = new UTF8Encoding(false), CheckCharacters = false };

    /// <summary>Creates an element in S3's namespace.</summary>
    public static XElement Element(string name, params object?[] content) => new(Namespace + name, content);

    public static async Task WriteAsync(HttpResponse response, XElement root, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        using (var writer = XmlWriter.Create(buffer, Writing))
            new XDocument(root).Save(writer);
        response.ContentType = "application/xml";
        response.ContentLength = buffer.Length;
        if (!HttpMethods.IsHead(response.HttpContext.Request.Method))
            await response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken);
    }

    /// <summary>Reads a document with the given root name; clients send it with and without the namespace.</summary>
    public static XElement Parse(ReadOnlyMemory<byte> document, string root)
    {
        var element = S3XmlReader.Read(document);
        return element.Name.LocalName == root ? element : throw S3Errors.MalformedXml();
    }

    public static IEnumerable<XElement> Children(this XElement element, string name) =>
        element.Elements().Where(child => child.Name.LocalName == name);

    /// <summary>Returns the only child with the name, or null; a second such child makes the document malformed.</summary>
    public static XElement? Child(this XElement element, string name)
    {
        XElement? only = null;
        foreach (var child in element.Children(name))
            only = only is null ? child : throw S3Errors.MalformedXml();
        return only;
    }

    public static string? ChildText(this XElement element, string name) => element.Children(name).FirstOrDefault()?.Value;
}
