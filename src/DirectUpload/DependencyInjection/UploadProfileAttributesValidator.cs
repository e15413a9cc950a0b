using DirectUpload.Profiles;
using Microsoft.Extensions.Options;

namespace DirectUpload.DependencyInjection;

/// <summary>Holds one profile to the bounds that its attributes state.</summary>
[OptionsValidator]
internal sealed partial class UploadProfileAttributesValidator : IValidateOptions<UploadProfile>;
