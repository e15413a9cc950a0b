using System.Diagnostics.CodeAnalysis;
using DirectUpload;
using DirectUpload.AspNetCore;
using DirectUpload.AspNetCore.Decisions;
using DirectUpload.AspNetCore.Filters;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoint that receives decisions about uploads.</summary>
public static class DecisionEndpointRouteBuilderExtensions
{
    /// <summary>Maps a POST endpoint at which a service outside decides about uploads that wait for it.</summary>
    /// <param name="endpoints">The route builder to add the endpoint to.</param>
    /// <param name="pattern">The route, such as <c>/decisions/moderation</c>.</param>
    /// <param name="processor">The name of the processor whose decisions the endpoint receives.</param>
    /// <param name="secrets">
    /// The secrets that the service may sign with, of which at least one: <c>whsec_</c> and the base64 of 24 to 64 bytes. A second secret
    /// lets you change the first one without an interruption.
    /// </param>
    /// <returns>A convention builder, for <c>.RequireHost(…)</c> or <c>.RequireRateLimiting(…)</c>.</returns>
    /// <remarks>
    /// <para>
    /// The service signs each message as Standard Webhooks specifies (https://www.standardwebhooks.com), so the endpoint does not require
    /// the host's authorization. The body is JSON of at most 16 KiB: <c>{"uploadId": "…", "decision": "accept"}</c>, or <c>"decision":
    /// "reject"</c> with a <c>code</c> and a <c>detail</c>, which the client receives.
    /// </para>
    /// <para>
    /// It returns 204 for a decision that counts, also if it was received before; 400 for a body that is not valid; 401 without a valid
    /// signature or for a message of more than 5 minutes ago; 404 for an unknown upload; 409 for an upload that does not wait for this
    /// decision, has another one, or whose deadline has passed; and 503 while the record store is unavailable.
    /// </para>
    /// </remarks>
    /// <exception cref="ArgumentException">A secret is missing or not valid, or <paramref name="processor"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">DirectUpload is not registered.</exception>
    public static IEndpointConventionBuilder MapUploadDecisions(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, string processor, params string[] secrets)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrEmpty(processor);
        ArgumentNullException.ThrowIfNull(secrets);
        if (secrets.Length == 0)
        {
            throw new ArgumentException(
                "Pass a secret: WebhookSecret.Create() creates one. Without it, anyone could decide.", nameof(secrets));
        }


        _ = endpoints.ServiceProvider.GetService<IDirectUploadService>()
            ?? throw new InvalidOperationException(
                "Register DirectUpload first: services.AddDirectUploads().UseInMemoryStore(), or a store package's Use…().");

        var clock = endpoints.ServiceProvider.GetRequiredService<TimeProvider>();
        var receiver = new DecisionReceiver(processor, [.. secrets.Select(secret => new WebhookVerifier(secret, clock))]);
        return endpoints.MapPost(pattern, (HttpContext context, IDirectUploadService uploads) => receiver.ReceiveAsync(context, uploads))
            .AddEndpointFilter(StorageUnavailableFilter.InvokeAsync).AllowAnonymous().DisableCookieRedirect().DisableAntiforgery()
            .ExcludeFromDescription();
    }
}
