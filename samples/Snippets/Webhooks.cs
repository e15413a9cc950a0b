using DirectUpload.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

/// <summary>Sends and receives webhooks.</summary>
internal static class Webhooks
{
    public static void Send(WebApplicationBuilder builder, IConfiguration configuration)
    {
        builder.Services.AddDirectUploads().AddWebhook(hook =>
        {
            hook.Url = new Uri("https://erp.example.com/hooks/uploads");
            hook.Secrets.Add(configuration["WebhookSecret"]!);             // WebhookSecret.Create() creates one
        });
    }

    public static void Receive(WebApplication app, string secret)
    {
        var verifier = new WebhookVerifier(secret);
        app.MapPost("/hooks/uploads", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            return verifier.Verify(request.Headers, body.ToArray()) ? Results.Ok() : Results.Unauthorized();
        });
    }
}
