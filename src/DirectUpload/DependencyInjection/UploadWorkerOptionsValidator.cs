using DirectUpload.Processing;
using Microsoft.Extensions.Options;

namespace DirectUpload.DependencyInjection;

/// <summary>Finds every mistake in the worker's options.</summary>
internal sealed class UploadWorkerOptionsValidator : IValidateOptions<UploadWorkerOptions>
{
    public ValidateOptionsResult Validate(string? name, UploadWorkerOptions options)
    {
        List<string> faults =
        [
            .. Bounds.Fault(nameof(options.Parallelism), options.Parallelism, 1, 1000),
            .. Bounds.Fault(nameof(options.NotificationParallelism), options.NotificationParallelism, 1, 1000),
            .. Bounds.Fault(nameof(options.PollInterval), options.PollInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
        ];
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
