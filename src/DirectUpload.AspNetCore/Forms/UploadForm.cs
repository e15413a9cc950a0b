using System.Text.Encodings.Web;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Html;

namespace DirectUpload.AspNetCore.Forms;

/// <summary>
/// What a plain HTML form needs to send one file straight to storage. Write it so, with nothing after the file:
/// <c>&lt;form action="@form.Action" method="post" enctype="multipart/form-data"&gt;@form.HiddenFields &lt;input type="file" name="file"&gt; &lt;button&gt;Upload&lt;/button&gt;&lt;/form&gt;</c>.
/// </summary>
/// <param name="Id">The upload that the form makes.</param>
/// <param name="Action">Where the form goes: the bucket.</param>
/// <param name="Fields">Every field that is signed, in order. All of them, and before the file.</param>
/// <param name="ExpiresAt">When storage stops taking the form, in UTC: a page that was open for longer is loaded again.</param>
public sealed record UploadForm(UploadId Id, string Action, IReadOnlyDictionary<string, string> Fields, DateTimeOffset ExpiresAt)
{
    /// <summary>The fields as hidden inputs.</summary>
    public IHtmlContent HiddenFields => new HtmlString(string.Concat(Fields.Select(it => $"<input type=\"hidden\" name=\"{Encoded(it.Key)}\" value=\"{Encoded(it.Value)}\">")));

    /// <summary>Without what is secret: it may be logged.</summary>
    public override string ToString() => $"(form of upload {Id}, until {ExpiresAt:u})";

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);
}
