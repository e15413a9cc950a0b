using DirectUpload.Profiles;
using DirectUpload.Signing;
using DirectUpload.Uploads;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DirectUpload.Tests.DependencyInjection;

/// <summary>What is misconfigured stops the host at its start, and the message names the option, its value and the cure.</summary>
public sealed class ValidationTests
{
    [Fact]
    public void A_sound_configuration_has_no_faults() => Faults(_ => { }).Should().BeEmpty();

    public static TheoryData<Action<DirectUploadOptions>, string> Mistakes => new()
    {
        { it => it.Buckets["archive"] = new(), "Buckets[\"archive\"].Name is empty; set it to the bucket's name at S3." },
        { it => it.Buckets["archive"] = new() { Name = "examplebucket" }, "The bucket \"examplebucket\" is configured twice;*each may stand once." },
        { it => it.Bucket = "s3://uploads", "Bucket is \"s3://uploads\"; that is an address or a path. Write the bucket's name alone, such as \"my-bucket\"." },
        { it => it.Bucket = "My_Bucket", "Bucket is \"My_Bucket\"; S3's names have lowercase letters*" },
        { it => it.Buckets["archive"] = new() { Name = "Archive" }, "Buckets[\"archive\"].Name is \"Archive\"; S3's names have lowercase letters*" },
        { it => it.PublicEndpoint = new("files.example.com", UriKind.Relative), "PublicEndpoint is \"files.example.com\"; write it with http or https and a host*" },
        { it => it.PublicEndpoint = new("https://files.example.com/examplebucket"), "PublicEndpoint is \"https://files.example.com/examplebucket\", which has a path*" },
        {
            it => it.Buckets["archive"] = new() { Name = "archive", PublicEndpoint = new("https://files.example.com/?a=b") },
            "Buckets[\"archive\"].PublicEndpoint is \"https://files.example.com/?a=b\", which has a path, a query or a fragment;*"
        },
        { it => it.StagingPrefix = new string('a', 801) + "/", "StagingPrefix has 802 characters; S3's keys have at most 1,024 bytes, so write at most 800." },
        {
            it => (Notes(it).Method, Notes(it).ObjectSettings.ServerSideEncryption, Notes(it).ObjectSettings.KmsKeyId) = (UploadMethod.Post, "aws:kms", "${filename}"),
            "Profiles[\"notes\"].Method is Post, and no form can carry the profile's ObjectSettings: Settings.KmsKeyId is*"
        },
        { it => it.ContentLifetime = TimeSpan.Zero, "ContentLifetime is 00:00:00; set it between 00:00:01 and 7.00:00:00." },
        { it => it.ContentLifetime = TimeSpan.FromDays(8), "ContentLifetime is 8.00:00:00; set it between 00:00:01 and 7.00:00:00." },
        { it => it.ConfirmWait = TimeSpan.FromSeconds(-1), "ConfirmWait is -00:00:01; set it between 00:00:00 and 00:01:00." },
        { it => it.ConfirmWait = TimeSpan.FromMinutes(2), "ConfirmWait is 00:02:00; set it between 00:00:00 and 00:01:00." },
        { it => it.ProcessingLease = TimeSpan.FromSeconds(9), "ProcessingLease is 00:00:09; set it between 00:00:10 and 01:00:00." },
        { it => it.ProcessingLease = TimeSpan.FromHours(2), "ProcessingLease is 02:00:00; set it between 00:00:10 and 01:00:00." },
        { it => it.StagingPrefix = "staging", "*StagingPrefix*staging*" },
        { it => it.StagingPrefix = "../", "*StagingPrefix*" },
        { it => it.StagingPrefix = "a/./", "*StagingPrefix*" },
        { it => it.StagingPrefix = "/", "*StagingPrefix*" },
        { it => it.StagingPrefix = "staging/\n", "*StagingPrefix*" },
        { it => Rename(it, "Notes"), "Profiles[\"Notes\"].Name: it must have 1 to 64 of a-z, 0-9, '-' and '_'; rename the profile." },
        { it => Rename(it, new string('a', 65)), "Profiles[\"*\"].Name: it must have 1 to 64*" },
        { it => Rename(it, "notes\n"), "Profiles[\"notes\n\"].Name: it must have*" },
        { it => Notes(it).ContentTypes.Clear(), "Profiles[\"notes\"].ContentTypes is empty; add what is taken*" },
        { it => Notes(it).ContentTypes.Add("png"), "Profiles[\"notes\"].ContentTypes holds \"png\"; write \"image/png\"*" },
        { it => Notes(it).Extensions.Add("pdf"), "Profiles[\"notes\"].Extensions holds \"pdf\"; write it with one dot in front*" },
        { it => Notes(it).Extensions.Add(".tar.gz"), "Profiles[\"notes\"].Extensions holds \".tar.gz\";*" },
        { it => Notes(it).Extensions.Add(".pdf\n"), "Profiles[\"notes\"].Extensions holds \".pdf\n\";*" },
        { it => (Notes(it).MinSize, Notes(it).MaxSize) = (20, 10), "Profiles[\"notes\"].MinSize is 20, more than MaxSize, 10; nothing would ever be taken." },
        { it => Notes(it).MinSize = -1, "Profiles[\"notes\"].*MinSize*-1*" },
        { it => (Notes(it).MinSize, Notes(it).MaxSize) = (0, 0), "Profiles[\"notes\"].*MaxSize* 0*" },
        { it => (Notes(it).MaxSize, Notes(it).MultipartAbove) = (5368709121, null), "Profiles[\"notes\"].*MaxSize*5368709121*" },
        { it => Notes(it).MaxSize = 53687091200001, "Profiles[\"notes\"].*MaxSize*53687091200001*" },
        { it => Notes(it).MultipartAbove = -1, "Profiles[\"notes\"].*MultipartAbove*-1*" },
        { it => Notes(it).PartSize = 5242879, "Profiles[\"notes\"].*PartSize*5242879*" },
        { it => Notes(it).PartSize = 5368709121, "Profiles[\"notes\"].*PartSize*5368709121*" },
        { it => Notes(it).MaxPendingUploads = 0, "Profiles[\"notes\"].*MaxPendingUploads* 0*" },
        { it => Notes(it).MaxPendingBytes = 0, "Profiles[\"notes\"].*MaxPendingBytes* 0*" },
        { it => Notes(it).Lifetime = TimeSpan.FromDays(8), "Profiles[\"notes\"].Lifetime is 8.00:00:00; set it between 00:00:01 and 7.00:00:00." },
        { it => Notes(it).KeyTemplate = "{profile}", "Profiles[\"notes\"].KeyTemplate is \"{profile}\"; it must hold {id}, which makes every key unique." },
        { it => it.Bucket = null, "Profiles[\"notes\"].Bucket: neither the profile nor the options name one; set Bucket, in code or as \"DirectUploads:Bucket\"." },
        { it => it.Bucket = " ", "Profiles[\"notes\"].Bucket: neither the profile nor the options name one;*" },
        { it => Notes(it).Bucket = "nope", "Profiles[\"notes\"].Bucket is \"nope\", which Buckets doesn't hold; add Buckets[\"nope\"]." },
        {
            it => (Notes(it).Finalisation, Notes(it).Method) = (Finalisation.InPlace, UploadMethod.Post),
            "Profiles[\"notes\"].Finalisation is InPlace with Method Post;*Use Put, or Promote."
        },
        { it => Notes(it).KeyTemplate = "staging/{id}", "Profiles[\"notes\"].KeyTemplate begins with the staging prefix \"staging/\";*" },
        { it => Notes(it).Method = (UploadMethod)7, "Profiles[\"notes\"].*Method*7*" },
        { it => Notes(it).Finalisation = (Finalisation)7, "Profiles[\"notes\"].*Finalisation*7*" },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void A_mistake_is_named_with_its_value_and_its_cure(Action<DirectUploadOptions> mistake, string message) =>
        Faults(mistake).Should().ContainSingle().Which.Should().Match(message);

    [Fact]
    public void All_mistakes_are_named_at_once() =>
        Faults(it =>
        {
            it.ConfirmWait = TimeSpan.FromHours(1);
            Notes(it).ContentTypes.Clear();
            it.AddProfile("Other", other => other.ContentTypes.Add("x"));
        }).Should().HaveCount(4);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 5368709120)]
    public void The_edges_are_taken(long min, long max) => Faults(it =>
    {
        (Notes(it).MinSize, Notes(it).MaxSize) = (min, Math.Max(1, max));
        Notes(it).Lifetime = TimeSpan.FromDays(7);
        Notes(it).MaxPendingUploads = null;
        it.ConfirmWait = TimeSpan.Zero;
        it.ProcessingLease = TimeSpan.FromHours(1);
        it.ContentLifetime = TimeSpan.FromSeconds(1);
        it.Buckets["archive"] = new BucketOptions { Name = "archive" };
    }).Should().BeEmpty();

    [Fact]
    public async Task A_host_with_a_mistake_does_not_start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddDirectUploads(it =>
        {
            Sound(it);
            it.ConfirmWait = TimeSpan.FromHours(1);
        }).UseInMemoryStore();
        using var host = builder.Build();

        (await host.Awaiting(it => it.StartAsync(TestContext.Current.CancellationToken)).Should().ThrowAsync<OptionsValidationException>()).WithMessage("*ConfirmWait is 01:00:00*");
    }

    [Fact]
    public async Task A_host_whose_worker_has_no_store_does_not_start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddDirectUploads(Sound).AddWorker();
        using var host = builder.Build();

        (await host.Awaiting(it => it.StartAsync(TestContext.Current.CancellationToken)).Should().ThrowAsync<OptionsValidationException>()).WithMessage("*no record store*");
    }

    [Fact]
    public async Task A_sound_host_starts_and_stops_with_its_worker()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddDirectUploads(Sound).UseInMemoryStore().AddWorker();
        using var host = builder.Build();

        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> Faults(Action<DirectUploadOptions> mistake)
    {
        using var provider = Registered.With(it =>
        {
            Sound(it);
            mistake(it);
        });
        try
        {
            provider.Options();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return exception.Failures;
        }
    }

    private static void Sound(DirectUploadOptions options)
    {
        options.Bucket = "examplebucket";
        options.AddProfile("notes", notes => notes.ContentTypes.Add("text/plain"));
    }

    private static UploadProfile Notes(DirectUploadOptions options) => options.Profiles["notes"];

    private static void Rename(DirectUploadOptions options, string name)
    {
        options.Profiles.Add(name, Notes(options));
        options.Profiles.Remove("notes");
    }
}
