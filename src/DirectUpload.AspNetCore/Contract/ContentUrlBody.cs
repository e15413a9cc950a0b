using System.ComponentModel;

namespace DirectUpload.AspNetCore.Contract;

/// <summary>The response of <c>GET /uploads/{id}/content</c> to <c>Accept: application/json</c>.</summary>
/// <param name="Url">The URL of the content, to be called without a token.</param>
/// <param name="ExpiresAt">The time at which the URL expires, in UTC; null if it works as long as the token or the sign-in.</param>
[Description("Where the content is.")]
internal sealed record ContentUrlBody(
    [property: Description("The URL of the content. Call it without a token.")] string Url,
    [property: Description("The time at which the URL expires, in UTC; omitted if it works as long as the token or the sign-in.")]
    DateTime? ExpiresAt)
{
    public override string ToString() => "(content URL)";
}
