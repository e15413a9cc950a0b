using System.Text.Json;
using Amazon.S3.Model;
using DirectUpload.Storage;
using DirectUpload.TestKit;
using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Tests.Storage;

public sealed class BucketLifecycleManagerTests(LocalS3Fixture server) : IClassFixture<LocalS3Fixture>
{
    [Fact]
    public async Task Rules_Days_CoverEveryLifetimePlusAWeek()
    {
        await using var host = new UploadHost(
            profile: notes => (notes.UploadUrlLifetime, notes.MaxUploadDuration) = (TimeSpan.FromDays(2.5), TimeSpan.FromDays(2.5)),
            options: it => it.FailedRetention = TimeSpan.FromDays(3));
        await using var renewed = new UploadHost(
            profile: notes => notes.MaxUploadDuration = TimeSpan.FromDays(9.5), options: it => it.FailedRetention = TimeSpan.FromDays(3));
        var lifecycle = host.Services.GetRequiredService<BucketLifecycleManager>();

        lifecycle.CreateRules("examplebucket")
            .Should().BeEquivalentTo(new BucketLifecycleRules("staging/", 6 + 7) { FinalPrefixes = ["notes/"] });
        renewed.Services.GetRequiredService<BucketLifecycleManager>().CreateRules("examplebucket").ExpirationDays.Should().Be(10 + 7);
        await lifecycle.ApplyAsync();
        host.Bucket.Lifecycle.Should().BeEquivalentTo(lifecycle.CreateRules("examplebucket"));
    }

    [Fact]
    public async Task RulesFor_KeyTemplates_CoverTheirFoldersOnly()
    {
        await using var host = new UploadHost(options: it =>
        {
            it.Buckets["archive"] = new() { Name = "archive" };
            foreach (var (name, template, bucket) in new[]
            {
                ("deep", "notes/deep/{id}", null), ("loose", "{id}{ext}", null), ("open", "open-{id}", null),
                ("paper", "{profile}/{owner}/{id}", "archive"),
            })
            {
                it.AddProfile(name, profile =>
                {
                    profile.ContentTypes.Add("*/*");
                    (profile.KeyTemplate, profile.Bucket) = (template, bucket);
                });
            }
        });
        var lifecycle = host.Services.GetRequiredService<BucketLifecycleManager>();

        lifecycle.CreateRules("examplebucket").FinalPrefixes.Should().Equal("notes/");
        lifecycle.CreateRules("archive").FinalPrefixes.Should().Equal("paper/");
        lifecycle.CreateRules(null).FinalPrefixes.Should().BeEmpty();
    }

    [Fact]
    public async Task Apply_ReplacesOwnRulesAndKeepsOthers()
    {
        var bucket = new S3UploadBucket(server.Bucket, server.S3);
        await server.S3.PutLifecycleConfigurationAsync(new PutLifecycleConfigurationRequest
        {
            BucketName = server.Bucket,
            Configuration = new LifecycleConfiguration
            {
                Rules =
                [
                    new LifecycleRule
                    {
                        Id = "logs",
                        Status = "Enabled",
                        Filter = new LifecycleFilter { LifecycleFilterPredicate = new LifecyclePrefixPredicate { Prefix = "logs/" } },
                        Expiration = new LifecycleRuleExpiration { Days = 3 },
                    },
                ],
            },
        });
        await bucket.SetLifecycleAsync(new BucketLifecycleRules("old/", 5));
        await bucket.SetLifecycleAsync(new BucketLifecycleRules("staging/", 14) { FinalPrefixes = ["notes/", "films/"] });

        var rules = (await server.S3.GetLifecycleConfigurationAsync(server.Bucket)).Configuration.Rules;
        rules.Select(rule => rule.Id).Should().BeEquivalentTo(
            "logs", "directupload-staging", "directupload-multipart", "directupload-versions-1", "directupload-versions-2");
        var films = rules.Single(rule => rule.Id == "directupload-versions-2");
        ((LifecyclePrefixPredicate)films.Filter.LifecycleFilterPredicate).Prefix.Should().Be("films/");
        (films.NoncurrentVersionExpiration.NoncurrentDays, films.Expiration.ExpiredObjectDeleteMarker, films.Expiration.Days)
            .Should().Be((14, true, null));
        var staging = rules.Single(rule => rule.Id == "directupload-staging");
        ((LifecyclePrefixPredicate)staging.Filter.LifecycleFilterPredicate).Prefix.Should().Be("staging/");
        staging.Expiration.Days.Should().Be(14);
        rules.Single(rule => rule.Id == "directupload-multipart").AbortIncompleteMultipartUpload.DaysAfterInitiation.Should().Be(14);
    }

    [Fact]
    public void ToJson_MatchesTheAwsCliFormat()
    {
        using var json = JsonDocument.Parse(new BucketLifecycleRules("staging/", 14) { FinalPrefixes = ["notes/"] }.ToJson());
        var rules = json.RootElement.GetProperty("Rules").EnumerateArray().ToList();

        rules.Should().HaveCount(3).And.OnlyContain(rule => rule.GetProperty("Status").GetString() == "Enabled");
        rules[0].GetProperty("Filter").GetProperty("Prefix").GetString().Should().Be("staging/");
        rules[0].GetProperty("Expiration").GetProperty("Days").GetInt32().Should().Be(14);
        rules[1].GetProperty("AbortIncompleteMultipartUpload").GetProperty("DaysAfterInitiation").GetInt32().Should().Be(14);
        rules[2].GetProperty("Filter").GetProperty("Prefix").GetString().Should().Be("notes/");
        rules[2].GetProperty("NoncurrentVersionExpiration").GetProperty("NoncurrentDays").GetInt32().Should().Be(14);
        rules[2].GetProperty("Expiration").GetProperty("ExpiredObjectDeleteMarker").GetBoolean().Should().BeTrue();
    }
}
