using Amazon.SQS;
using DirectUpload;
using DirectUpload.Primitives;
using DirectUpload.Sqs;
using DirectUpload.Sqs.Receiving;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides extension methods that register SQS receivers of storage event notifications.</summary>
public static class SqsDirectUploadBuilderExtensions
{
    /// <summary>
    /// Receives storage event notifications from an SQS queue while the host runs, and confirms the uploads that they report.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The receiver uses the <see cref="IAmazonSQS"/> that is registered with the queue's URL as its key, otherwise the one without a key,
    /// otherwise the SDK's default client. The client's region determines where the queue is found, and the client's timeout must exceed
    /// the 20 seconds of a long poll. Each request has its own timeout, <see cref="SqsEventsOptions.RequestTimeout"/>.
    /// </para>
    /// <para>
    /// Any number of hosts may receive from one queue. Call the method once for each queue; a further call for the same queue only changes
    /// its options.
    /// </para>
    /// <para>
    /// Handled messages are deleted. Messages that could not be handled are redelivered after growing delays. Unreadable messages are left
    /// to the queue's redrive policy. A refusal of SQS, such as a missing queue or permission, is logged, reported by
    /// <see cref="SqsQueueHealth"/>, and retried.
    /// </para>
    /// <para>
    /// When the host stops, messages in work may finish within the shutdown timeout; the others become visible at once.
    /// </para>
    /// <para>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html</para>
    /// </remarks>
    /// <param name="builder">The builder that <c>AddDirectUploads()</c> returned.</param>
    /// <param name="queueUrl">The queue's full URL, http or https; validated when the host starts.</param>
    /// <param name="configure">Sets options in code, after they were bound to the configuration; <see langword="null"/> for none.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="builder"/> or <paramref name="queueUrl"/> is <see langword="null"/>.
    /// </exception>
    public static DirectUploadBuilder AddSqsEvents(
        this DirectUploadBuilder builder, string queueUrl, Action<SqsEventsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(queueUrl);
        var services = builder.Services;
        var isNew = !services.Any(service => service.ServiceType == typeof(SqsQueueHealth) && queueUrl.Equals(service.ServiceKey));
        // The configuration is bound once per queue, before options are set in code.
        if (isNew)
            services.AddOptions<SqsEventsOptions>(queueUrl).Configure<IServiceProvider>(static (options, provider) =>
                provider.GetService<IConfiguration>()?.GetSection(SqsEventsOptionsValidator.Section).Bind(options));
        services.AddOptionsWithValidateOnStart<SqsEventsOptions>(queueUrl).Configure(options =>
        {
            options.QueueUrl = queueUrl;
            configure?.Invoke(options);
        });
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SqsEventsOptions>, SqsEventsOptionsValidator>());
        services.TryAddSingleton(static _ => new DefaultClient<AmazonSQSClient>(static () => new AmazonSQSClient()));
        if (!isNew)
            return builder;
        services.AddKeyedSingleton(queueUrl, new SqsQueueHealth(queueUrl));
        services.AddSingleton(provider => provider.GetRequiredKeyedService<SqsQueueHealth>(queueUrl));
        services.AddSingleton<IHostedService>(provider => new QueueReceiverService(() => CreateReceiver(provider, queueUrl)));
        return builder;
    }

    private static QueueReceiver CreateReceiver(IServiceProvider provider, string queueUrl)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<SqsEventsOptions>>().Get(queueUrl);
        var client = provider.GetKeyedService<IAmazonSQS>(queueUrl)
            ?? provider.GetService<IAmazonSQS>()
            ?? provider.GetRequiredService<DefaultClient<AmazonSQSClient>>().Value;
        return new QueueReceiver(
            new SqsQueue(client, options), provider.GetRequiredService<StorageEventProcessor>(), options,
            provider.GetRequiredKeyedService<SqsQueueHealth>(queueUrl),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILogger<QueueReceiver>>() ?? NullLogger<QueueReceiver>.Instance);
    }
}
