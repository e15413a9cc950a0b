using DirectUpload.Primitives;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DirectUpload.DependencyInjection;

/// <summary>Reports configuration keys below <c>DirectUploads</c> that match no option; the binder would silently ignore them.</summary>
internal sealed class ConfigurationKeyValidator(IConfiguration? configuration = null) : IValidateOptions<DirectUploadOptions>
{
    private const int MaxSectionNameEdits = 2;

    // The sections of other packages; each package validates its own section.
    private static readonly string[] SatelliteSections = ["Client", "DynamoDB", "Imaging", "LocalS3", "Sqs", "Webhooks"];

    public ValidateOptionsResult Validate(string? name, DirectUploadOptions options)
    {
        List<string> errors = configuration is null
            ? []
            : [.. FindSectionErrors(configuration), .. CreateKnownKeys()
                .FindErrors(configuration.GetSection(DirectUploadConfiguration.Section))];
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    /// <summary>Returns the keys of the core's options and the names of the other packages' sections.</summary>
    public static KnownKeys CreateKnownKeys()
    {
        var profile = KnownKeys.Of<UploadProfile>().With(nameof(UploadProfile.ObjectSettings), KnownKeys.Of<ObjectSettings>());
        var known = KnownKeys.Of<DirectUploadOptions>()
            .With(nameof(DirectUploadOptions.Buckets), KnownKeys.Named(KnownKeys.Of<BucketOptions>()))
            .With(nameof(DirectUploadOptions.Profiles), KnownKeys.Named(profile))
            .With(DirectUploadConfiguration.WorkerKey, KnownKeys.Of<UploadWorkerOptions>());
        foreach (var section in SatelliteSections)
            known.With(section);
        return known;
    }

    private static IEnumerable<string> FindSectionErrors(IConfiguration configuration) =>
        from section in configuration.GetChildren()
        let edits = EditDistance.Measure(section.Key, DirectUploadConfiguration.Section)
        where edits is > 0 and <= MaxSectionNameEdits
        select $"{section.Key} is not a known section; did you mean \"{DirectUploadConfiguration.Section}\"?";
}
