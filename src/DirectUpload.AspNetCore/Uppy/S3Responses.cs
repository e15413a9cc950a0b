using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Uppy;

/// <summary>Creates responses in S3's XML format.</summary>
internal static class S3Responses
{
    private static readonly XNamespace S3 = "http://s3.amazonaws.com/doc/2006-03-01/";

    public static IResult InvalidTicket { get; } = Error(
        "AccessDenied", "The ticket is missing, expired, or for another request. Sign the request again.", 403);

    /// <summary>Gets the error for an unknown upload, which is the same for an upload of another caller.</summary>
    public static IResult NoSuchUpload { get; } = Error("NoSuchUpload", "There is no such upload.", 404);

    public static IResult ServiceUnavailable { get; } = Error(
        "ServiceUnavailable", "An earlier request is still creating this upload. Try again in a moment.", 503);

    public static IResult Created(Upload record, string multipartId) => CreateResult(new(
        S3 + "InitiateMultipartUploadResult", CreateElement("Bucket", record.Bucket), CreateElement("Key", record.StagingKey),
        CreateElement("UploadId", multipartId)));

    public static IResult Parts(Upload record, IReadOnlyList<StoredPart> parts) => CreateResult(new(
        S3 + "ListPartsResult", CreateElement("Bucket", record.Bucket), CreateElement("Key", record.StagingKey),
        CreateElement("UploadId", record.MultipartId!), CreateElement("IsTruncated", "false"),
        parts.Select(part => new XElement(
            S3 + "Part", CreateElement("PartNumber", part.Number.ToString(CultureInfo.InvariantCulture)), CreateElement("ETag", part.ETag),
            CreateElement("Size", part.Size.ToString(CultureInfo.InvariantCulture))))));

    public static IResult Completed(Upload record, string location) => CreateResult(new(
        S3 + "CompleteMultipartUploadResult", CreateElement("Location", location), CreateElement("Bucket", record.Bucket),
        CreateElement("Key", record.StagingKey), CreateElement("ETag", record.ETag)));

    public static IResult FromError(UploadError error) =>
        error.Code is UploadErrorCodes.NotAuthorized or UploadErrorCodes.DeletionNotAllowed
            ? Error("AccessDenied", error.Message, 403)
            : Error(ToS3Code(error.Code), error.Message);

    public static IResult Error(string code, string message, int status = 400) =>
        CreateResult(
            new("Error", new XElement("Code", ReplaceInvalidCharacters(code)), new XElement("Message", ReplaceInvalidCharacters(message))),
            status);

    private static XElement? CreateElement(string name, string? value) =>
        value is null ? null : new XElement(S3 + name, ReplaceInvalidCharacters(value));

    // XML 1.0 cannot represent some characters, not even escaped: https://www.w3.org/TR/xml/#charsets
    private static string ReplaceInvalidCharacters(string text)
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

    // The type must be exactly application/xml: Uppy reads no error with another type or with a charset.
    private static IResult CreateResult(XElement root, int status = 200) =>
        Results.Content(
            $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{root.ToString(SaveOptions.DisableFormatting)}", "application/xml", null, status);

    // S3 writes its codes in Pascal case.
    private static string ToS3Code(string code) =>
        string.Concat(code.Split('-').Select(word => string.Concat(char.ToUpperInvariant(word[0]).ToString(), word.AsSpan(1))));
}
