using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.AspNetCore.Forms;

/// <summary>
/// Identifies the browser of a visitor without an account when storage redirects it to the application. A cookie that scripts cannot read
/// holds a random secret. The write token of each form's upload is derived from that secret and the upload's id. So nothing in the form or
/// in an address grants access to the upload, and the server stores only the token's hash.
/// </summary>
internal static class VisitorCookie
{
    private const string BaseName = "DirectUpload.Visitor";

    /// <summary>Gets the write token of a form's upload, and sets the cookie if the browser does not have it yet.</summary>
    /// <exception cref="InvalidOperationException">The response has started, so that no cookie can be set.</exception>
    public static UploadToken GetOrCreateWriteToken(HttpContext page, UploadId id)
    {
        if ((page.Items[typeof(VisitorCookie)] ?? Find(page)) is not UploadToken secret)
        {
            if (page.Response.HasStarted)
                throw new InvalidOperationException(
                    "Call RequestUploadFormAsync before the response starts: a cookie identifies a visitor without an account.");
            secret = UploadToken.Create();
            // Lax, because the redirect from storage is a top-level navigation from another site. __Host-: no subdomain can set it.
            page.Response.Cookies.Append(GetName(page), secret.Value, new CookieOptions
            {
                HttpOnly = true,
                Secure = page.Request.IsHttps,
                SameSite = SameSiteMode.Lax,
                Path = "/",
                IsEssential = true,
            });
        }

        page.Items[typeof(VisitorCookie)] = secret;
        return DeriveToken(secret, id);
    }

    /// <summary>Finds the write token of a form's upload; null for a browser without the cookie.</summary>
    public static UploadToken? FindWriteToken(HttpContext context, UploadId id) =>
        Find(context) is { } secret ? DeriveToken(secret, id) : null;

    private static UploadToken? Find(HttpContext context) =>
        UploadToken.TryParse(context.Request.Cookies[GetName(context)], out var secret) ? secret : null;

    private static string GetName(HttpContext context) => context.Request.IsHttps ? "__Host-" + BaseName : BaseName;

    private static UploadToken DeriveToken(UploadToken secret, UploadId id)
    {
        var derived = HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret.Value), Encoding.ASCII.GetBytes($"DirectUpload.Form.v1 {id}"));
        return UploadToken.TryParse(Base64Url.EncodeToString(derived), out var token)
            ? token
            : throw new InvalidOperationException("The derived hash is not a valid token.");
    }
}
