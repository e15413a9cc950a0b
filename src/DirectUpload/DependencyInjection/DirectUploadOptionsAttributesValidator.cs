using Microsoft.Extensions.Options;

namespace DirectUpload.DependencyInjection;

/// <summary>Holds the options to the bounds that their attributes state.</summary>
[OptionsValidator]
internal sealed partial class DirectUploadOptionsAttributesValidator : IValidateOptions<DirectUploadOptions>;
