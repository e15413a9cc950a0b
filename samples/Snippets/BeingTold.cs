using System.Security.Claims;
using System.Threading.RateLimiting;
using DirectUpload;
using DirectUpload.AspNetCore;
using DirectUpload.AspNetCore.Webhooks;
using DirectUpload.Observers;
using DirectUpload.Profiles;
using DirectUpload.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

/// <summary>The application's own code that hears of uploads.</summary>
public sealed class InvoiceArrived(IInvoices invoices) : IUploadObserver
{
    public Task ReadyAsync(UploadRecord upload, CancellationToken cancellationToken) =>
        upload.Association is { Type: "invoice" } invoice ? invoices.AttachAsync(invoice.Id, upload.Id, cancellationToken) : Task.CompletedTask;
}

/// <summary>Whose invoices a file may be attached to.</summary>
public sealed class OwnInvoices(IInvoices invoices) : IUploadAuthorizer
{
    public async ValueTask<UploadAuthorization> AuthorizeAsync(UploadAuthorizationContext context, CancellationToken cancellationToken)
    {
        if (context.Request.Association is not { Type: "invoice" } invoice)
            return UploadAuthorization.Allow;                                      // any other association is refused
        return await invoices.BelongsToAsync(invoice.Id, context.Caller.Owner, cancellationToken)
            ? UploadAuthorization.Allow.WithAssociation(invoice)
            : UploadAuthorization.Refuse("This invoice is not yours.");
    }
}

public interface IInvoices
{
    Task AttachAsync(string invoice, UploadId upload, CancellationToken cancellationToken);

    Task<bool> BelongsToAsync(string invoice, string? user, CancellationToken cancellationToken);
}

/// <summary>What a plan allows.</summary>
public sealed class ByPlan : IUploadAuthorizer
{
    public ValueTask<UploadAuthorization> AuthorizeAsync(UploadAuthorizationContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(context.Caller.User?.FindFirstValue("plan") switch
        {
            "pro" => UploadAuthorization.Allow,
            "free" => UploadAuthorization.Within(new UploadLimits { MaxSize = 10_000_000, MaxTotalBytes = 1_000_000_000 }),
            _ => UploadAuthorization.Refuse("Choose a plan first."),
        });
}

internal static class BeingTold
{
    public static void Observe(WebApplicationBuilder builder)
    {
        builder.Services.AddDirectUploads().AddObserver<InvoiceArrived>().AddAuthorizer<OwnInvoices>();
    }

    public static void ByWebhook(WebApplicationBuilder builder, IConfiguration configuration)
    {
        builder.Services.AddDirectUploads().AddWebhook(hook =>
        {
            hook.Url = new Uri("https://erp.example.com/hooks/uploads");
            hook.Secrets.Add(configuration["WebhookSecret"]!);             // WebhookSecret.New() makes one
        });
    }

    public static void Receive(WebApplication app, string secret)
    {
        var verifier = new WebhookVerifier(secret);
        app.MapPost("/hooks/uploads", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            return verifier.IsGenuine(request.Headers, body.ToArray()) ? Results.Ok() : Results.Unauthorized();
        });
    }

    public static void ByStorage(WebApplication app, IConfiguration configuration)
    {
        app.MapStorageEvents("/storage-events", o => o.Secret = configuration["StorageEventSecret"]);               // MinIO, Ceph, EventBridge
        app.MapStorageEvents("/sns", o => o.SnsTopics.Add("arn:aws:sns:eu-west-1:123456789012:uploads"));           // signed by SNS
    }

    public static void Limit(WebApplicationBuilder builder)
    {
        builder.Services.AddDirectUploads(o =>
        {
            o.MaxRequestsPerMinute = 60;
            o.Profiles["film"].MaxPendingUploads = 10;
            o.Profiles["film"].MaxPendingBytes = 20_000_000_000;
            o.Profiles["film"].MaxTotalBytes = 100_000_000_000;
        }).AddAuthorizer<ByPlan>();
    }

    public static void LimitRate(WebApplicationBuilder builder)
    {
        builder.Services.AddRateLimiter(limits => limits.AddPolicy("uploads", context => RateLimitPartition.GetTokenBucketLimiter(
            context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? context.Connection.RemoteIpAddress?.ToString() ?? "nobody",
            _ => new TokenBucketRateLimiterOptions { TokenLimit = 100, TokensPerPeriod = 50, ReplenishmentPeriod = TimeSpan.FromSeconds(10) })));

        var app = builder.Build();

        app.UseRateLimiter();
        app.MapDirectUploads("/uploads").RequireAuthorization().RequireRateLimiting("uploads");
    }

    public static void Serve(WebApplicationBuilder builder, IConfiguration configuration)
    {
        builder.Services.AddDirectUploads(o =>
        {
            o.AddProfile("film", film => film.ContentBaseUrl = new Uri("https://d111111abcdef8.cloudfront.net"));     // signed for minutes
            o.AddProfile("avatar", avatar => (avatar.ContentBaseUrl, avatar.IsPublic) = (new Uri("https://cdn.example.com"), true));
        }).UseCloudFront("K2JCJMDEHXQW5F", configuration["CloudFrontPrivateKey"]!);
    }

    public static void Mappings(WebApplication app)
    {
        app.MapDirectUploads("/avatars", o => o.Profiles.Add("avatar")).RequireAuthorization();
        app.MapDirectUploads("/staff").RequireAuthorization("staff");
    }

    public static void Proxy(WebApplication app)
    {
        app.MapDirectUploads("/uploads", o => o.Content = ContentDelivery.Proxy).RequireAuthorization();
    }

    public static async Task PassOnAsync(DirectUploadService uploads, UploadId id)
    {
        var link = await uploads.RotateReadTokenAsHostAsync(id, lifetime: TimeSpan.FromDays(7));   // the one before opens nothing any more
        await uploads.RevokeReadTokenAsHostAsync(id);

        _ = link;
    }

    public static void Watch(WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddDirectUploads();

        var app = builder.Build();

        app.MapHealthChecks("/health");
    }
}
