using System.Security.Claims;
using System.Threading.RateLimiting;
using DirectUpload;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

/// <summary>Limits uploads by the user's plan.</summary>
public sealed class PlanAuthorizer : IUploadAuthorizer
{
    public ValueTask<UploadAuthorization> AuthorizeAsync(
        UploadAuthorizationContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(context.Caller.User?.FindFirstValue("plan") switch
        {
            "pro" => UploadAuthorization.Allow,
            "free" => new UploadAuthorization { MaxSize = 10_000_000, MaxStoredBytesPerOwner = 1_000_000_000 },
            _ => UploadAuthorization.Deny("Choose a plan first."),
        });
}

/// <summary>Lets users attach files to their own invoices only.</summary>
public sealed class InvoiceAuthorizer(IInvoices invoices) : IUploadAuthorizer
{
    public async ValueTask<UploadAuthorization> AuthorizeAsync(UploadAuthorizationContext context, CancellationToken cancellationToken)
    {
        if (context.Request.Association is not { Type: "invoice" } invoice)
            return UploadAuthorization.Allow;                                      // any other association is refused
        return await invoices.BelongsToAsync(invoice.Id, context.Caller.Owner, cancellationToken)
            ? new UploadAuthorization { Association = invoice }
            : UploadAuthorization.Deny("This invoice is not yours.");
    }
}

internal static class Authorizers
{
    public static void Register(WebApplicationBuilder builder)
    {
        builder.Services.AddDirectUploads().AddAuthorizer<PlanAuthorizer>();
    }

    public static void Quotas(WebApplicationBuilder builder)
    {
        builder.Services.AddDirectUploads(o =>
        {
            o.MaxRequestsPerMinutePerOwner = 60;
            o.Profiles["film"].MaxPendingUploadsPerOwner = 10;
            o.Profiles["film"].MaxPendingBytesPerOwner = 20_000_000_000;
            o.Profiles["film"].MaxStoredBytesPerOwner = 100_000_000_000;
        }).AddAuthorizer<InvoiceAuthorizer>();
    }

    public static void RateLimit(WebApplicationBuilder builder)
    {
        builder.Services.AddRateLimiter(limits => limits.AddPolicy("uploads", context => RateLimitPartition.GetTokenBucketLimiter(
            context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? context.Connection.RemoteIpAddress?.ToString() ?? "unknown",
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = 100,
                TokensPerPeriod = 50,
                ReplenishmentPeriod = TimeSpan.FromSeconds(10),
            })));

        var app = builder.Build();

        app.UseRateLimiter();
        app.MapDirectUploads("/uploads").RequireAuthorization().RequireRateLimiting("uploads");
    }
}
