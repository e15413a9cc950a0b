using System.Diagnostics.CodeAnalysis;
using DirectUpload;
using DirectUpload.AspNetCore;
using DirectUpload.AspNetCore.Filters;
using DirectUpload.AspNetCore.StorageEvents;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoint that receives storage event notifications.</summary>
public static class StorageEventEndpointRouteBuilderExtensions
{
    /// <summary>Maps a POST endpoint that receives storage events and confirms the uploads that they name.</summary>
    /// <param name="endpoints">The route builder to add the endpoint to.</param>
    /// <param name="pattern">The route, such as <c>/storage-events</c>.</param>
    /// <param name="configure">
    /// Configures how senders authenticate: by a <see cref="StorageEventEndpointOptions.Secret"/>,
    /// <see cref="StorageEventEndpointOptions.SnsTopics"/>, or both.
    /// </param>
    /// <returns>A convention builder, for <c>.RequireHost(…)</c> or <c>.RequireRateLimiting(…)</c>.</returns>
    /// <remarks>
    /// <para>
    /// The endpoint accepts MinIO's webhooks, Ceph's push endpoints, EventBridge's API destinations and Amazon SNS. It confirms an upload
    /// as its client would, after storage has confirmed that the object exists. Senders authenticate with the shared secret or with SNS's
    /// signature, so the endpoint does not require the host's authorization.
    /// </para>
    /// <para>
    /// It returns 200 for an accepted message, including test events and objects of other applications; 400 for a message that cannot be
    /// read; 401 for a missing or wrong secret; 403 for an SNS message of another topic or without a valid signature; and 503 while storage
    /// or the record store is unavailable, after which the sender delivers the message again. A message has at most 1 MiB; a message of SNS
    /// has at most 512 KiB.
    /// </para>
    /// </remarks>
    /// <exception cref="OptionsValidationException">
    /// <paramref name="configure"/> sets neither a secret nor a topic, or one of them is not valid; the message explains what to set.
    /// </exception>
    /// <exception cref="InvalidOperationException">DirectUpload is not registered.</exception>
    public static IEndpointConventionBuilder MapStorageEvents(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, Action<StorageEventEndpointOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(configure);
        _ = endpoints.ServiceProvider.GetService<StorageEventProcessor>()
            ?? throw new InvalidOperationException(
                "Register DirectUpload first: services.AddDirectUploads().UseInMemoryStore(), or a store package's Use…().");

        var options = new StorageEventEndpointOptions();
        configure(options);
        options.Validate($"MapStorageEvents(\"{pattern}\")");
        var clock = endpoints.ServiceProvider.GetRequiredService<TimeProvider>();
        var receiver = new StorageEventReceiver(
            options.Secret is { } secret ? new SharedSecret(secret) : null,
            options.SnsTopics.Count > 0 ? new SnsMessageVerifier(options.SnsTopics, options.SnsHttpClient, clock) : null);
        return endpoints.MapPost(pattern, (HttpContext context, StorageEventProcessor intake) => receiver.ReceiveAsync(context, intake))
            .AddEndpointFilter(StorageUnavailableFilter.InvokeAsync).AllowAnonymous().DisableCookieRedirect().DisableAntiforgery()
            .ExcludeFromDescription();
    }
}
