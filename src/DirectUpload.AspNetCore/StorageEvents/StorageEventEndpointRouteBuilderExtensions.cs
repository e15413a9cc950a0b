using System.Diagnostics.CodeAnalysis;
using DirectUpload;
using DirectUpload.AspNetCore;
using DirectUpload.AspNetCore.StorageEvents;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoint that storage tells its events to.</summary>
public static class StorageEventEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps a POST endpoint for storage's own word that objects have arrived: MinIO's webhooks, Ceph's push, EventBridge's API destinations and Amazon SNS. Each upload that an event names is confirmed as
    /// its client would; storage itself is asked first. Senders prove themselves by the shared secret or by SNS's signature, never by the host's own sign-in, so the endpoint is open to that.
    /// </summary>
    /// <param name="endpoints">Where to map.</param>
    /// <param name="pattern">The route, such as <c>/storage-events</c>.</param>
    /// <param name="configure">Says how senders prove themselves: a <see cref="StorageEventEndpointOptions.Secret"/>, <see cref="StorageEventEndpointOptions.SnsTopics"/>, or both.</param>
    /// <returns>A convention builder, for <c>.RequireHost(…)</c> or <c>.RequireRateLimiting(…)</c>.</returns>
    /// <remarks>
    /// Answers 200 for what was taken (test events and foreign objects, too), 400 for what can't be read, 401 for a missing or wrong secret, 403 for an SNS message of another topic or with a wrong signature,
    /// and 503 during an outage: then the sender tries again, as each of them does. A message has at most 1 MiB, one of SNS at most 512 KiB.
    /// </remarks>
    /// <exception cref="ArgumentException">Nothing was configured to know senders by, or what was is not valid; the message says what to set.</exception>
    public static IEndpointConventionBuilder MapStorageEvents(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, Action<StorageEventEndpointOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(configure);
        _ = endpoints.ServiceProvider.GetService<StorageEventIntake>()
            ?? throw new InvalidOperationException("Register DirectUpload first: services.AddDirectUploads().UseInMemoryStore(), or a store package's Use…().");

        var options = new StorageEventEndpointOptions();
        configure(options);
        if (options.FindFault() is { } fault)
            throw new ArgumentException(fault, nameof(configure));
        var clock = endpoints.ServiceProvider.GetRequiredService<TimeProvider>();
        var receiver = new StorageEventReceiver(
            options.Secret is { } secret ? new SharedSecret(secret) : null, options.SnsTopics.Count > 0 ? new SnsSender(options.SnsTopics, options.SnsClient, clock) : null);
        return endpoints.MapPost(pattern, (HttpContext context, StorageEventIntake intake) => receiver.ReceiveAsync(context, intake))
            .AddEndpointFilter(Outage.AnswerAsync).AllowAnonymous().DisableCookieRedirect().DisableAntiforgery().ExcludeFromDescription();
    }
}
