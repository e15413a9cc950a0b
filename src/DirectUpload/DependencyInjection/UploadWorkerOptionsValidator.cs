using DirectUpload.Primitives;
using Microsoft.Extensions.Options;

namespace DirectUpload.DependencyInjection;

/// <summary>Validates the worker's options and reports every error at once.</summary>
internal sealed class UploadWorkerOptionsValidator : IValidateOptions<UploadWorkerOptions>
{
    public ValidateOptionsResult Validate(string? name, UploadWorkerOptions options)
    {
        var faults = OptionBounds.FindErrors(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
