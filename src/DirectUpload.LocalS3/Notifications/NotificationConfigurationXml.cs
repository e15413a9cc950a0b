using System.Text.RegularExpressions;
using System.Xml.Linq;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Notifications;

/// <summary>Reads and writes a bucket's notification configuration as XML.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html</remarks>
internal static partial class NotificationConfigurationXml
{
    private const int MaxRules = 100;

    public static IReadOnlyList<NotificationRule> Parse(ReadOnlyMemory<byte> xml, string region)
    {
        var document = S3Xml.Parse(xml, "NotificationConfiguration");
        foreach (var other in document.Elements().Select(element => element.Name.LocalName))
            if (other is "CloudFunctionConfiguration" or "EventBridgeConfiguration")
                throw S3Errors.NotImplemented(other);
            else if (other is not ("TopicConfiguration" or "QueueConfiguration"))
                throw S3Errors.MalformedXml();
        var rules = document.Elements().Select(element => ParseRule(element, region)).ToList();
        if (rules.Count > MaxRules)
            throw S3Errors.MalformedXml();
        if (rules.DistinctBy(rule => rule.Id).Count() < rules.Count)
            throw S3Errors.InvalidArgument("Same ID used for multiple configurations. IDs must be unique", "Id", "");
        if (rules.Where((rule, i) => rules.Skip(i + 1).Any(rule.Overlaps)).Any())
            throw S3Errors.InvalidArgument("Configurations overlap. Configurations on the same bucket cannot share a common event type.",
                "Event", "");
        return rules;
    }

    public static XElement Write(IEnumerable<NotificationRule> rules) => S3Xml.Element("NotificationConfiguration", rules.Select(rule =>
        S3Xml.Element(rule.IsTopic ? "TopicConfiguration" : "QueueConfiguration",
            S3Xml.Element("Id", rule.Id),
            S3Xml.Element(rule.IsTopic ? "Topic" : "Queue", rule.Arn),
            rule.Events.Select(name => S3Xml.Element("Event", name)),
            rule.Prefix.Length + rule.Suffix.Length == 0 ? null : S3Xml.Element("Filter", S3Xml.Element("S3Key",
                WriteFilter("Prefix", rule.Prefix), WriteFilter("Suffix", rule.Suffix))))));

    private static XElement? WriteFilter(string name, string value) => value.Length == 0 ? null : S3Xml.Element("FilterRule",
        S3Xml.Element("Name", name), S3Xml.Element("Value", value));

    private static NotificationRule ParseRule(XElement element, string region)
    {
        var isTopic = element.Name.LocalName == "TopicConfiguration";
        var arn = element.ChildText(isTopic ? "Topic" : "Queue") ?? throw S3Errors.MalformedXml();
        CheckArn(arn, isTopic ? "sns" : "sqs", region);
        var events = element.Children("Event").Select(name => name.Value).Distinct().ToList();
        if (events.Count == 0)
            throw S3Errors.MalformedXml();
        if (events.FirstOrDefault(name => !EventName.IsConfigurable(name)) is { } unknown)
            throw S3Errors.InvalidArgument("The event is not supported for notifications", "Event", unknown);
        var (prefix, suffix) = ParseFilter(element);
        return new(element.ChildText("Id") is { Length: > 0 } id ? id : Guid.NewGuid().ToString(), arn, isTopic, events, prefix, suffix);
    }

    private static void CheckArn(string arn, string service, string region)
    {
        if (ArnPattern().Match(arn) is not { Success: true } match || match.Groups["service"].Value != service)
            throw S3Errors.InvalidArgument("The ARN could not be parsed", service == "sns" ? "Topic" : "Queue", arn);
        if (match.Groups["region"].Value != region)
            throw S3Errors.InvalidArgument("The notification destination service region is not valid for the bucket location constraint",
                service == "sns" ? "Topic" : "Queue", arn);
    }

    private static (string Prefix, string Suffix) ParseFilter(XElement element)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var rule in element.Children("Filter").Elements().Where(key => key.Name.LocalName == "S3Key").Elements())
        {
            var name = rule.ChildText("Name") ?? throw S3Errors.MalformedXml();
            var value = rule.ChildText("Value") ?? throw S3Errors.MalformedXml();
            if (!name.Equals("prefix", StringComparison.OrdinalIgnoreCase) && !name.Equals("suffix", StringComparison.OrdinalIgnoreCase))
                throw S3Errors.InvalidArgument("filter rule name must be either prefix or suffix", "FilterRule.Name", name);
            if (!found.TryAdd(name, value))
                throw S3Errors.InvalidArgument("Cannot specify more than one prefix or suffix rule in a filter.", "FilterRule.Name", name);
        }
        return (found.GetValueOrDefault("prefix", ""), found.GetValueOrDefault("suffix", ""));
    }

    [GeneratedRegex(@"^arn:aws[a-z-]*:(?<service>[a-z]+):(?<region>[a-z0-9-]+):[0-9]{12}:.+$", RegexOptions.ExplicitCapture)]
    private static partial Regex ArnPattern();
}
