using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Forms;

/// <summary>
/// Knows the browser of a visitor without an account again, when storage sends it back. It keeps a random secret in a cookie that no script sees; the write token of each form's upload is derived from that secret and
/// the upload's id, so nothing in the form or in an address opens the upload, and nothing is stored but the token's hash.
/// </summary>
internal static class VisitorCookie
{
    private const string Name = "DirectUpload.Visitor";

    /// <summary>Gets the write token of a form's upload, and gives the browser its secret when it has none yet.</summary>
    /// <exception cref="InvalidOperationException">The response has begun, so that no cookie can be set.</exception>
    public static UploadToken WriteTokenFor(HttpContext page, UploadId id)
    {
        if ((page.Items[typeof(VisitorCookie)] ?? Find(page)) is not UploadToken secret)
        {
            if (page.Response.HasStarted)
                throw new InvalidOperationException("Call RequestUploadFormAsync before the response begins: a visitor without an account is known again by a cookie.");
            secret = UploadToken.New();
            // Lax, for the way back from storage is a top-level navigation from another site. __Host-: no subdomain can set it.
            page.Response.Cookies.Append(NameFor(page), secret.Value, new CookieOptions { HttpOnly = true, Secure = page.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true });
        }

        page.Items[typeof(VisitorCookie)] = secret;
        return Derive(secret, id);
    }

    /// <summary>Whether the browser is the one that was given the form of this upload.</summary>
    public static bool Opens(HttpContext context, UploadRecord record) => Find(context) is { } secret && record.WriteTokenHash.Matches(Derive(secret, record.Id));

    private static UploadToken? Find(HttpContext context) => UploadToken.TryParse(context.Request.Cookies[NameFor(context)], out var secret) ? secret : null;

    private static string NameFor(HttpContext context) => context.Request.IsHttps ? "__Host-" + Name : Name;

    private static UploadToken Derive(UploadToken secret, UploadId id)
    {
        var derived = HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret.Value), Encoding.ASCII.GetBytes($"DirectUpload.Form.v1 {id}"));
        return UploadToken.TryParse(Base64Url.EncodeToString(derived), out var token) ? token : throw new InvalidOperationException("A hash did not read as a token.");
    }
}
