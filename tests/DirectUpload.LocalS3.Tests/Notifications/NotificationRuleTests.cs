using DirectUpload.LocalS3.Notifications;
using DirectUpload.LocalS3.Objects;

namespace DirectUpload.LocalS3.Tests.Notifications;

public class NotificationRuleTests
{
    [Theory]
    [InlineData("s3:ObjectCreated:*", "ObjectCreated:Put", true)]
    [InlineData("s3:ObjectCreated:Put", "ObjectCreated:Put", true)]
    [InlineData("s3:ObjectCreated:Put", "ObjectCreated:Post", false)]
    [InlineData("s3:ObjectRemoved:*", "ObjectCreated:Put", false)]
    [InlineData("s3:ObjectRemoved:*", "ObjectRemoved:DeleteMarkerCreated", true)]
    public void An_event_matches_its_name_or_wildcard(string configured, string name, bool fits) =>
        Rule(configured).Matches(name, "any").Should().Be(fits);

    [Theory]
    [InlineData("", "", "in/a.png", true)]
    [InlineData("in/", "", "in/a.png", true)]
    [InlineData("in/", ".png", "in/a.png", true)]
    [InlineData("in/", ".jpg", "in/a.png", false)]
    [InlineData("out/", ".png", "in/a.png", false)]
    [InlineData("IN/", "", "in/a.png", false)]
    public void A_key_matches_prefix_and_suffix(string prefix, string suffix, string key, bool fits) =>
        Rule("s3:ObjectCreated:*", prefix, suffix).Matches("ObjectCreated:Put", key).Should().Be(fits);

    [Theory]
    [InlineData("s3:ObjectCreated:*", "", "", "s3:ObjectCreated:Put", "", "", true)]
    [InlineData("s3:ObjectCreated:Put", "", "", "s3:ObjectCreated:*", "", "", true)]
    [InlineData("s3:ObjectCreated:Put", "", "", "s3:ObjectCreated:Post", "", "", false)]
    [InlineData("s3:ObjectCreated:*", "", "", "s3:ObjectRemoved:*", "", "", false)]
    [InlineData("s3:ObjectCreated:*", "a/", "", "s3:ObjectCreated:*", "b/", "", false)]
    [InlineData("s3:ObjectCreated:*", "a/", "", "s3:ObjectCreated:*", "a/b/", "", true)]
    [InlineData("s3:ObjectCreated:*", "a/", ".png", "s3:ObjectCreated:*", "a/", ".jpg", false)]
    [InlineData("s3:ObjectCreated:*", "", ".jpg", "s3:ObjectCreated:*", "a/", ".thumb.jpg", true)]
    public void Rules_overlap_when_one_event_could_match_both(
        string a, string aPrefix, string aSuffix, string b, string bPrefix, string bSuffix, bool overlap)
    {
        var (one, other) = (Rule(a, aPrefix, aSuffix), Rule(b, bPrefix, bSuffix));
        one.Overlaps(other).Should().Be(overlap);
        other.Overlaps(one).Should().Be(overlap);
    }

    [Fact]
    public void A_sequencer_grows_and_its_text_sorts_alike()
    {
        var numbers = Enumerable.Range(0, 1000).Select(_ => ChangeSequence.Next()).ToList();
        numbers.Should().OnlyHaveUniqueItems().And.BeInAscendingOrder();
        ChangeSequence.Format(255).Should().Be("0000000000000000FF");
        numbers.Select(ChangeSequence.Format).Should().BeInAscendingOrder(StringComparer.Ordinal);
    }

    private static NotificationRule Rule(string configured, string prefix = "", string suffix = "") =>
        new("id", "arn", IsTopic: false, [configured], prefix, suffix);
}
