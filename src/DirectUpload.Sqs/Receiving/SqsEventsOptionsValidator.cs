using DirectUpload.DependencyInjection;
using DirectUpload.Primitives;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DirectUpload.Sqs.Receiving;

/// <summary>Validates the options of a queue's receiver. Each message names the option, its value and the fix.</summary>
internal sealed class SqsEventsOptionsValidator(IConfiguration? configuration = null) : IValidateOptions<SqsEventsOptions>
{
    public const string Section = "DirectUploads:Sqs";

    public ValidateOptionsResult Validate(string? name, SqsEventsOptions options)
    {
        List<string> faults = [.. GetErrors(options), .. configuration is null
            ? []
            : KnownKeys.Of<SqsEventsOptions>().FindErrors(configuration.GetSection(Section))];
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    public static IEnumerable<string> GetErrors(SqsEventsOptions options)
    {
        if (!IsQueueUrl(options.QueueUrl))
            yield return $"The queue's URL is \"{options.QueueUrl}\"; pass the full URL to AddSqsEvents, "
                + "such as \"https://sqs.eu-west-1.amazonaws.com/123456789012/uploads\".";
        foreach (var fault in OptionBounds.FindErrors(options))
            yield return fault;
    }

    private static bool IsQueueUrl(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var queue) && (queue.Scheme == Uri.UriSchemeHttps || queue.Scheme == Uri.UriSchemeHttp)
        && queue is { UserInfo: "", Query: "", Fragment: "" } && QueueName.FromUrl(url).Length > 0;
}
