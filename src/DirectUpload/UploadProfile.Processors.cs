using System.Diagnostics.CodeAnalysis;
using DirectUpload.Processing;
using DirectUpload.Profiles;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload;

// The processors of a profile.
public sealed partial class UploadProfile
{
    private const int MaxProcessorNameLength = 200;
    private static readonly TimeSpan MinProcessorTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxProcessorTimeout = TimeSpan.FromDays(7);

    private readonly List<ProcessorRegistration> _processors = [];

    /// <summary>Adds a processor, after the processors of the same order that were added before.</summary>
    /// <remarks>
    /// The worker (<c>AddWorker()</c>) finishes uploads of a profile that has a processor; a confirm does not. A record contains the names
    /// of its processors, and only a host that has all of them finishes the upload.
    /// </remarks>
    /// <typeparam name="TProcessor">
    /// The type of the processor. It is resolved from the services if it is registered there; otherwise it is created with its
    /// dependencies.
    /// </typeparam>
    /// <param name="name">
    /// The name that identifies the processor in records: 1 to 200 characters. Null for the full name of the type. Choose a name if the
    /// type may be renamed later.
    /// </param>
    /// <param name="configure">Configures how the processor runs; null for the defaults.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="name"/> is empty or too long, or <see cref="ProcessorOptions.Timeout"/> is out of range.
    /// </exception>
    public UploadProfile AddProcessor<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProcessor>(
        string? name = null, Action<ProcessorOptions>? configure = null)
        where TProcessor : class, IUploadProcessor
    {
        name ??= typeof(TProcessor).ToString();
        if (name.Length is 0 or > MaxProcessorNameLength)
        {
            throw new ArgumentException(
                $"The name of a processor has 1 to {MaxProcessorNameLength} characters; this one has {name.Length}. "
                + "Choose another name: AddProcessor<T>(\"name\").",
                nameof(name));
        }

        var options = new ProcessorOptions();
        configure?.Invoke(options);
        if (options.Timeout is { } timeout && (timeout < MinProcessorTimeout || timeout > MaxProcessorTimeout))
        {
            throw new ArgumentException(
                $"The timeout of the processor {name} is {timeout:g}; set 1 second to 7 days, or null for ProcessingTimeout.",
                nameof(configure));
        }

        RegisterProcessor(new ProcessorRegistration(
            name, typeof(TProcessor), ActivatorUtilities.GetServiceOrCreateInstance<TProcessor>, options));
        return this;
    }

    /// <summary>Adds the malware scan of GuardDuty Malware Protection for S3: an upload waits until its final object is scanned.</summary>
    /// <remarks>
    /// <para>
    /// GuardDuty scans each new object of the bucket; protect at least the prefix of <see cref="KeyTemplate"/>. Let an
    /// EventBridge rule send its scan results where storage events are received: to the queue, or to the endpoint of
    /// <c>MapStorageEvents</c>. The processor's name is <c>guardduty</c>.
    /// </para>
    /// <para>
    /// An object with a threat is rejected with the code <c>infected</c>. If GuardDuty cannot scan the object, or its result does not
    /// come in time, the upload is rejected with the code <c>decision-missing</c>, unless <see cref="AcceptWithoutDecision"/> is set. The
    /// scan cannot be combined with <see cref="FinalizeInPlace"/>.
    /// </para>
    /// </remarks>
    /// <param name="timeout">How long an upload waits for the result, from 1 second on; null for 1 hour.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is less than 1 second.</exception>
    public UploadProfile AddGuardDutyScan(TimeSpan? timeout = null)
    {
        var wait = timeout ?? TimeSpan.FromHours(1);
        ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.FromSeconds(1), nameof(timeout));
        RegisterProcessor(new ProcessorRegistration(
            ProcessorNames.GuardDuty, typeof(GuardDutyScan),
            services => new GuardDutyScan(wait, services.GetService<TimeProvider>() ?? TimeProvider.System), new ProcessorOptions()));
        return this;
    }

    internal void RegisterProcessor(ProcessorRegistration processor)
    {
        var later = _processors.FindIndex(other => other.Options.Order > processor.Options.Order);
        _processors.Insert(later < 0 ? _processors.Count : later, processor);
    }

    internal IReadOnlyList<ProcessorRegistration> GetProcessors() => _processors;

    /// <summary>Returns the processor names of a new record: those of this host and <see cref="RequiredProcessors"/>.</summary>
    internal string[] GetRequiredProcessorNames() => _processors.Count + RequiredProcessors.Count == 0
        ? []
        : [.. _processors.Select(processor => processor.Name).Concat(RequiredProcessors).Distinct(StringComparer.Ordinal)];

    /// <summary>Returns whether only a worker finishes uploads of this profile.</summary>
    internal bool RequiresWorker() => ProcessInWorker || _processors.Count > 0 || RequiredProcessors.Count > 0;
}
