using System.Text;
using DirectUpload.LocalS3.Lifecycle;
using DirectUpload.LocalS3.Objects;

namespace DirectUpload.LocalS3.Tests.Lifecycle;

public class LifecycleExpirationTests
{
    [Theory]
    [InlineData("2014-01-15T10:30:00Z", 3, "2014-01-19")] // AWS's own example
    [InlineData("2014-01-15T00:00:00Z", 1, "2014-01-17")]
    [InlineData("2014-01-15T23:59:59Z", 1, "2014-01-17")]
    [InlineData("2014-01-15T10:30:00Z", 1, "2014-01-17")]
    public void Days_are_rounded_up_to_the_next_midnight(string written, int days, string expiry) =>
        Expiry(Expiring($"<Days>{days}</Days>"), at: written)!.At.Should().Be(DateTimeOffset.Parse(expiry + "T00:00:00Z"));

    [Fact]
    public void A_date_applies_to_all_objects() =>
        Expiry(Expiring("<Date>2014-02-01T00:00:00Z</Date>"))!.At.Should().Be(new DateTimeOffset(2014, 2, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Of_several_rules_the_earliest_applies() =>
        Expiry(Expiring("<Days>9</Days>", id: "late") + Expiring("<Days>2</Days>", id: "soon") + Expiring("<Days>5</Days>", id: "later"))!
            .ToString().Should().Be("expiry-date=\"Sat, 18 Jan 2014 00:00:00 GMT\", rule-id=\"soon\"");

    [Fact]
    public void A_rule_s_name_is_encoded() =>
        Expiry(Expiring("<Days>1</Days>", id: "a b"))!.ToString().Should().EndWith("rule-id=\"a%20b\"");

    [Fact]
    public void A_disabled_rule_does_nothing() => Expiry(Expiring("<Days>1</Days>").Replace("Enabled", "Disabled")).Should().BeNull();

    [Theory]
    [InlineData("<Prefix>in/</Prefix>", true)]
    [InlineData("<Prefix>out/</Prefix>", false)]
    [InlineData("<Prefix></Prefix>", true)]
    [InlineData("<Filter/>", true)]
    [InlineData("<Filter><Prefix>in/</Prefix></Filter>", true)]
    [InlineData("<Filter><Prefix>out/</Prefix></Filter>", false)]
    [InlineData("<Filter><Tag><Key>t</Key><Value>1</Value></Tag></Filter>", true)]
    [InlineData("<Filter><Tag><Key>t</Key><Value>2</Value></Tag></Filter>", false)]
    [InlineData("<Filter><Tag><Key>u</Key><Value>1</Value></Tag></Filter>", false)]
    [InlineData("<Filter><ObjectSizeGreaterThan>99</ObjectSizeGreaterThan></Filter>", true)]
    [InlineData("<Filter><ObjectSizeGreaterThan>100</ObjectSizeGreaterThan></Filter>", false)]
    [InlineData("<Filter><ObjectSizeLessThan>101</ObjectSizeLessThan></Filter>", true)]
    [InlineData("<Filter><ObjectSizeLessThan>100</ObjectSizeLessThan></Filter>", false)]
    [InlineData(
        "<Filter><And><Prefix>in/</Prefix><Tag><Key>t</Key><Value>1</Value></Tag><ObjectSizeLessThan>101</ObjectSizeLessThan>" +
        "</And></Filter>",
        true)]
    [InlineData("<Filter><And><Prefix>in/</Prefix><Tag><Key>t</Key><Value>2</Value></Tag></And></Filter>", false)]
    [InlineData("<Filter><And><Prefix>out/</Prefix><Tag><Key>t</Key><Value>1</Value></Tag></And></Filter>", false)]
    public void A_filter_selects_objects(string filter, bool fits) =>
        (Expiry(Expiring("<Days>1</Days>", filter)) is not null).Should().Be(fits);

    [Theory]
    [InlineData("in/a", "2014-01-15T10:00:00Z", "2014-01-18")]
    [InlineData("out/a", "2014-01-15T10:00:00Z", null)]
    public void An_upload_is_aborted_by_prefix_and_start_date(string key, string initiated, string? abortion)
    {
        var rule = Parse("<Rule><Filter><Prefix>in/</Prefix></Filter><Status>Enabled</Status>" +
            "<AbortIncompleteMultipartUpload><DaysAfterInitiation>2</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule>")
                .Single();
        rule.GetAbortTime(key, DateTimeOffset.Parse(initiated)).Should()
            .Be(abortion is null ? null : DateTimeOffset.Parse(abortion + "T00:00:00Z"));
    }

    [Fact]
    public void A_configuration_round_trips()
    {
        var rules = Expiring("<Days>1</Days>", "<Prefix>a</Prefix>", "1") +
            Expiring("<Date>2014-02-01T00:00:00Z</Date>", "<Filter/>", "2") +
            Expiring("<ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker>", "<Filter><Prefix>b</Prefix></Filter>", "3") +
            "<Rule><ID>4</ID><Filter><And><Prefix>c</Prefix><ObjectSizeGreaterThan>5</ObjectSizeGreaterThan><ObjectSizeLessThan>" +
            "9</ObjectSizeLessThan>" +
            "<Tag><Key>t</Key><Value>1</Value></Tag></And></Filter><Status>Disabled</Status><NoncurrentVersionExpiration>" +
            "<NoncurrentDays>3</NoncurrentDays>" +
            "<NewerNoncurrentVersions>2</NewerNoncurrentVersions></NoncurrentVersionExpiration></Rule>" +
            "<Rule><ID>5</ID><Filter/><Status>Enabled</Status><AbortIncompleteMultipartUpload><DaysAfterInitiation>" +
            "7</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule>";
        var parsed = Parse(rules);
        var again = LifecycleConfigurationXml.Parse(Encoding.UTF8.GetBytes(LifecycleConfigurationXml.Write(parsed).ToString()));
        again.Should().BeEquivalentTo(parsed, options => options.WithStrictOrdering());
        LifecycleConfigurationXml.Write(again).ToString().Should().Contain("<Prefix>a</Prefix>").And.Contain("<And>").And.Contain(
            "2014-02-01T00:00:00.000Z");
    }

    private static string Expiring(string expiration, string filter = "<Filter/>", string id = "rule") =>
        $"<Rule><ID>{id}</ID>{filter}<Status>Enabled</Status><Expiration>{expiration}</Expiration></Rule>";

    private static IReadOnlyList<LifecycleRule> Parse(string rules) =>
        LifecycleConfigurationXml.Parse(Encoding.UTF8.GetBytes($"<LifecycleConfiguration>{rules}</LifecycleConfiguration>"));

    /// <summary>Of an object "in/a" of 100 bytes with the tag t=1.</summary>
    private static LifecycleExpiration? Expiry(string rules, string at = "2014-01-15T10:30:00Z") => LifecycleExpiration.Find(
        new StoredObject
        {
            Key = "in/a",
            Parts = [],
            Size = 100,
            ETag = "e",
            LastModified = DateTimeOffset.Parse(at),
            Attributes = new() { Tags = new Dictionary<string, string> { ["t"] = "1" } },
        },
        Parse(rules));
}
