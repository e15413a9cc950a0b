using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace DirectUpload.AspNetCore;

/// <summary>Contains the values that a plain HTML form needs to send one file straight to storage.</summary>
/// <remarks>
/// Write the form like this, with no field after the file:
/// <code>
/// &lt;form action="@form.Action" method="post" enctype="multipart/form-data"&gt;
///   @form.HiddenFields
///   &lt;input type="file" name="file"&gt;
///   &lt;button&gt;Upload&lt;/button&gt;
/// &lt;/form&gt;
/// </code>
/// </remarks>
/// <param name="Id">The id of the upload that the form sends.</param>
/// <param name="Action">The URL of the bucket, which the form posts to.</param>
/// <param name="Fields">The signed fields, in order. The form must contain all of them, before the file.</param>
/// <param name="ExpiresAt">The time when storage stops accepting the form, in UTC. Reload a page that was open for longer.</param>
public sealed record UploadForm(UploadId Id, string Action, IReadOnlyDictionary<string, string> Fields, DateTimeOffset ExpiresAt)
{
    /// <summary>Gets the signed fields as hidden inputs.</summary>
    public IHtmlContent HiddenFields => new HtmlString(
        string.Concat(Fields.Select(it => $"<input type=\"hidden\" name=\"{Encode(it.Key)}\" value=\"{Encode(it.Value)}\">")));

    /// <summary>Returns a text without secrets, which may be logged.</summary>
    /// <returns>The upload's id and the time when the form expires.</returns>
    public override string ToString() => $"(form of upload {Id}, until {ExpiresAt:u})";

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
