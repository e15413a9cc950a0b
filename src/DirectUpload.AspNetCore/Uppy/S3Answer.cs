using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using DirectUpload.Storage;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>Answers in S3's XML.</summary>
internal static class S3Answer
{
    private static readonly XNamespace S3 = "http://s3.amazonaws.com/doc/2006-03-01/";

    public static IResult NoTicket { get; } = Because("AccessDenied", "The ticket is missing, for another call, or its time is over. Sign again.", 403);

    /// <summary>An unknown upload and somebody else's can't be told apart.</summary>
    public static IResult NoSuchUpload { get; } = Because("NoSuchUpload", "There is no such upload.", 404);

    public static IResult Busy { get; } = Because("ServiceUnavailable", "The upload is being created by an earlier call. Try again in a moment.", 503);

    public static IResult Created(UploadRecord record, string multipartId) => Xml(new(
        S3 + "InitiateMultipartUploadResult", Element("Bucket", record.Bucket), Element("Key", record.StagingKey), Element("UploadId", multipartId)));

    public static IResult Parts(UploadRecord record, IReadOnlyList<StoredPart> parts) => Xml(new(
        S3 + "ListPartsResult", Element("Bucket", record.Bucket), Element("Key", record.StagingKey), Element("UploadId", record.Parts!.MultipartId!), Element("IsTruncated", "false"),
        parts.Select(part => new XElement(
            S3 + "Part", Element("PartNumber", part.Number.ToString(CultureInfo.InvariantCulture)), Element("ETag", part.ETag), Element("Size", part.Size.ToString(CultureInfo.InvariantCulture))))));

    public static IResult Completed(UploadRecord record, string location) => Xml(new(
        S3 + "CompleteMultipartUploadResult", Element("Location", location), Element("Bucket", record.Bucket), Element("Key", record.StagingKey), Element("ETag", record.ETag)));

    public static IResult Of(UploadError error) =>
        error.Reason is UploadErrorReason.NotAuthorized or UploadErrorReason.DeletionNotAllowed ? Because("AccessDenied", error.Detail, 403) : Because(error.Reason.ToString(), error.Detail);

    public static IResult Because(string code, string message, int status = 400) =>
        Xml(new("Error", new XElement("Code", Clean(code)), new XElement("Message", Clean(message))), status);

    private static XElement? Element(string name, string? value) => value is null ? null : new XElement(S3 + name, Clean(value));

    // XML 1.0 has no form for some characters, not even escaped: https://www.w3.org/TR/xml/#charsets
    private static string Clean(string text)
    {
        var at = 0;
        while (at < text.Length && XmlConvert.IsXmlChar(text[at]))
            at++;
        if (at == text.Length)
            return text;
        var clean = new StringBuilder(text, 0, at, text.Length);
        for (; at < text.Length; at++)
        {
            if (at + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[at + 1], text[at]))
                clean.Append(text[at++]).Append(text[at]);
            else
                clean.Append(XmlConvert.IsXmlChar(text[at]) ? text[at] : '\uFFFD');
        }

        return clean.ToString();
    }

    // Exactly application/xml: Uppy reads no error under another name, nor with a charset.
    private static IResult Xml(XElement root, int status = 200) =>
        Results.Content($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{root.ToString(SaveOptions.DisableFormatting)}", "application/xml", null, status);
}
