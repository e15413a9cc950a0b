using Microsoft.Extensions.Options;

namespace DirectUpload.Sqs;

/// <summary>Each message names the option, its value and the cure.</summary>
internal sealed class SqsEventsOptionsValidator : IValidateOptions<SqsEventsOptions>
{
    public ValidateOptionsResult Validate(string? name, SqsEventsOptions options)
    {
        var faults = FaultsOf(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    public static IEnumerable<string> FaultsOf(SqsEventsOptions options)
    {
        if (!IsQueue(options.QueueUrl))
            yield return $"The queue's URL is \"{options.QueueUrl}\"; give AddSqsEvents the whole of it, such as \"https://sqs.eu-west-1.amazonaws.com/123456789012/uploads\".";
        if (options.Parallelism is < 1 or > SqsEventsOptions.MostParallel)
            yield return $"Parallelism is {options.Parallelism}; set it between 1 and {SqsEventsOptions.MostParallel}.";
        if (options.VisibilityTimeout < SqsEventsOptions.ShortestHidden || options.VisibilityTimeout > SqsEventsOptions.LongestHidden)
            yield return $"VisibilityTimeout is {options.VisibilityTimeout}; set it between {SqsEventsOptions.ShortestHidden} and {SqsEventsOptions.LongestHidden}.";
        if (options.RequestTimeout < TimeSpan.FromSeconds(1) || options.RequestTimeout > SqsEventsOptions.LongestRequest)
            yield return $"RequestTimeout is {options.RequestTimeout}; set it between {TimeSpan.FromSeconds(1)} and {SqsEventsOptions.LongestRequest}.";
    }

    private static bool IsQueue(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var queue) && (queue.Scheme == Uri.UriSchemeHttps || queue.Scheme == Uri.UriSchemeHttp)
        && queue is { UserInfo: "", Query: "", Fragment: "" } && QueueName.Of(url).Length > 0;
}
