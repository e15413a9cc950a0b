using System.Xml.Linq;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Forms;

/// <summary>How a form is answered: as its fields say, 204 by default.</summary>
internal static class FormAnswer
{
    public static async Task WriteAsync(S3Call call, FormFields fields, StoredObject stored)
    {
        var bucket = call.Request.Bucket;
        var etag = $"\"{stored.ETag}\"";
        var location = call.Request.LocationOf(stored.Key);
        call.Response.Headers.ETag = etag;
        call.Response.Headers.Location = location;
        ObjectHeaders.WriteReceipt(call.Response.Headers, stored);
        call.TellExpiry(stored);

        var redirect = fields["success_action_redirect"] ?? fields["redirect"];
        if (Uri.TryCreate(redirect, UriKind.Absolute, out var target) && target.Scheme is "http" or "https")
        {
            var separator = target.Query.Length > 0 ? '&' : '?';
            call.Response.Headers.Location = $"{target.GetLeftPart(UriPartial.Query)}{separator}bucket={UriBytes.Encode(bucket)}" +
                $"&key={UriBytes.Encode(stored.Key)}&etag={UriBytes.Encode(etag)}{target.Fragment}";
            call.Answer(303);
        }
        else if (fields["success_action_status"] == "201")
        {
            call.Response.StatusCode = 201;
            await S3Xml.WriteAsync(call.Response, new XElement("PostResponse", new XElement("Location", location),
                new XElement("Bucket", bucket), new XElement("Key", stored.Key),
                new XElement("ETag", etag)), call.Aborted);
        }
        else
        {
            // Any other value than these three is taken for none.
            call.Answer(fields["success_action_status"] == "200" ? 200 : 204);
        }
    }
}
