using Amazon.SQS;
using DirectUpload;
using DirectUpload.DependencyInjection;
using DirectUpload.Sqs;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what receives storage's events.</summary>
public static class SqsDirectUploadBuilderExtensions
{
    /// <summary>
    /// Receives storage's events from an SQS queue for as long as the host runs, and confirms the uploads that they tell of. Reached through the <see cref="IAmazonSQS"/> that is registered with the
    /// queue's URL as its key, else the one that is registered without, else the SDK's default client. Any number of hosts may receive from one queue, and one host from several: call it for
    /// each. Called again for the same queue, it changes its options only.
    /// </summary>
    /// <remarks>
    /// The client's region is where the queue is looked for, whatever its URL says, and the client must wait for answers longer than the 20 seconds that SQS may take. Each request has a limit of its own, <see cref="SqsEventsOptions.RequestTimeout"/>, whatever the client's is. What SQS refuses altogether (a queue that
    /// is not there, a permission that is missing) is an outage like any other: it is in the log and in <see cref="SqsEventsHealth"/>, and is tried again.
    /// What was handled is deleted; what could not be handled now comes again, after growing pauses; what can't be read is left to the queue's redrive policy. When the host stops, what is worked on may
    /// end within the host's shutdown timeout; the rest is visible to others at once.
    /// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html
    /// </remarks>
    /// <param name="builder">What <c>AddDirectUploads()</c> returned.</param>
    /// <param name="queueUrl">The queue's whole URL, http or https; a fault is said when the host starts.</param>
    /// <param name="configure">Sets options in code.</param>
    public static DirectUploadBuilder AddSqsEvents(this DirectUploadBuilder builder, string queueUrl, Action<SqsEventsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(queueUrl);
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<SqsEventsOptions>(queueUrl).Configure(options =>
        {
            options.QueueUrl = queueUrl;
            configure?.Invoke(options);
        });
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SqsEventsOptions>, SqsEventsOptionsValidator>());
        services.TryAddSingleton<DefaultSqsClient>();
        if (services.Any(service => service.ServiceType == typeof(SqsEventsHealth) && queueUrl.Equals(service.ServiceKey)))
            return builder;
        services.AddKeyedSingleton(queueUrl, new SqsEventsHealth(queueUrl));
        services.AddSingleton(provider => provider.GetRequiredKeyedService<SqsEventsHealth>(queueUrl));
        services.AddSingleton<IHostedService>(provider => new QueueReceiverService(() => Receiver(provider, queueUrl)));
        return builder;
    }

    private static QueueReceiver Receiver(IServiceProvider provider, string queueUrl)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<SqsEventsOptions>>().Get(queueUrl);
        var client = provider.GetKeyedService<IAmazonSQS>(queueUrl) ?? provider.GetService<IAmazonSQS>() ?? provider.GetRequiredService<DefaultSqsClient>().Value;
        return new QueueReceiver(
            new Queue(client, options), provider.GetRequiredService<StorageEventIntake>(), options, provider.GetRequiredKeyedService<SqsEventsHealth>(queueUrl),
            provider.GetRequiredService<TimeProvider>(), provider.GetService<ILogger<QueueReceiver>>() ?? NullLogger<QueueReceiver>.Instance);
    }
}
