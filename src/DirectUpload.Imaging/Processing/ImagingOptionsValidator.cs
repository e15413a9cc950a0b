using DirectUpload.DependencyInjection;
using DirectUpload.Primitives;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DirectUpload.Imaging.Processing;

/// <summary>Validates the options. Each message names the option, its value and the fix.</summary>
internal sealed class ImagingOptionsValidator(IConfiguration? configuration = null) : IValidateOptions<ImagingOptions>
{
    public const string Section = "DirectUploads:Imaging";

    public ValidateOptionsResult Validate(string? name, ImagingOptions options)
    {
        List<string> errors = [.. OptionBounds.FindErrors(options), .. configuration is null
            ? []
            : KnownKeys.Of<ImagingOptions>().FindErrors(configuration.GetSection(Section))];
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
