using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DirectUpload.Tests.DependencyInjection;

/// <summary>What is misconfigured stops the host at its start, and the message names the option, its value and the cure.</summary>
public sealed class DirectUploadOptionsValidatorTests
{
    [Fact]
    public void Validate_ValidOptions_HasNoErrors() => GetErrors(_ => { }).Should().BeEmpty();

    public static TheoryData<Action<DirectUploadOptions>, string> InvalidOptions => new()
    {
        { it => it.Buckets["archive"] = new(), "Buckets[\"archive\"].Name is empty; set it to the bucket's name at S3." },
        { it => it.Buckets["archive"] = new() { Name = "examplebucket" },
            "The bucket \"examplebucket\" is configured twice;*configure each bucket once." },
        { it => it.Bucket = "s3://uploads",
            "Bucket is \"s3://uploads\"; that is an address or a path. Write the bucket's name alone, such as \"my-bucket\"." },
        { it => it.Bucket = "My_Bucket", "Bucket is \"My_Bucket\"; S3's names have lowercase letters*" },
        { it => it.Buckets["archive"] = new() { Name = "Archive" },
            "Buckets[\"archive\"].Name is \"Archive\"; S3's names have lowercase letters*" },
        { it => it.PublicEndpoint = new("files.example.com", UriKind.Relative),
            "PublicEndpoint is \"files.example.com\"; write it with http or https and a host*" },
        { it => it.PublicEndpoint = new("https://files.example.com/examplebucket"),
            "PublicEndpoint is \"https://files.example.com/examplebucket\", which has a path*" },
        {
            it => it.Buckets["archive"] = new() { Name = "archive", PublicEndpoint = new("https://files.example.com/?a=b") },
            "Buckets[\"archive\"].PublicEndpoint is \"https://files.example.com/?a=b\", which has a path, a query or a fragment;*"
        },
        { it => it.StagingPrefix = new string('a', 801) + "/",
            "StagingPrefix has 802 characters; S3 keys have at most 1,024 bytes, so write at most 800." },
        {
            it => (GetNotesProfile(it).UploadMethod, GetNotesProfile(it).ObjectSettings.ServerSideEncryption,
                GetNotesProfile(it).ObjectSettings.KmsKeyId) = (UploadMethod.Post, "aws:kms", "${filename}"),
            "Profiles[\"notes\"].UploadMethod is Post, and no form can carry the profile's ObjectSettings: Settings.KmsKeyId is*"
        },
        { it => it.DownloadUrlLifetime = TimeSpan.Zero, "DownloadUrlLifetime is 00:00:00; set it between 00:00:01 and 7.00:00:00." },
        { it => it.DownloadUrlLifetime = TimeSpan.FromDays(8),
            "DownloadUrlLifetime is 8.00:00:00; set it between 00:00:01 and 7.00:00:00." },
        { it => it.ConcurrentConfirmTimeout = TimeSpan.FromSeconds(-1),
            "ConcurrentConfirmTimeout is -00:00:01; set it between 00:00:00 and 00:01:00." },
        { it => it.ConcurrentConfirmTimeout = TimeSpan.FromMinutes(2),
            "ConcurrentConfirmTimeout is 00:02:00; set it between 00:00:00 and 00:01:00." },
        { it => it.ProcessingLease = TimeSpan.FromSeconds(9), "ProcessingLease is 00:00:09; set it between 00:00:10 and 01:00:00." },
        { it => it.ProcessingLease = TimeSpan.FromHours(2), "ProcessingLease is 02:00:00; set it between 00:00:10 and 01:00:00." },
        { it => it.StagingPrefix = "staging", "*StagingPrefix*staging*" },
        { it => it.StagingPrefix = "../", "*StagingPrefix*" },
        { it => it.StagingPrefix = "a/./", "*StagingPrefix*" },
        { it => it.StagingPrefix = "/", "*StagingPrefix*" },
        { it => it.StagingPrefix = "staging/\n", "*StagingPrefix*" },
        { it => RenameNotesProfile(it, "Notes"),
            "Profiles[\"Notes\"].Name: it must have 1 to 64 of a-z, 0-9, '-' and '_'; rename the profile." },
        { it => RenameNotesProfile(it, new string('a', 65)), "Profiles[\"*\"].Name: it must have 1 to 64*" },
        { it => RenameNotesProfile(it, "notes\n"), "Profiles[\"notes\n\"].Name: it must have*" },
        { it => GetNotesProfile(it).ContentTypes.Clear(), "Profiles[\"notes\"].ContentTypes is empty; add the types*" },
        { it => GetNotesProfile(it).ContentTypes.Add("png"), "Profiles[\"notes\"].ContentTypes holds \"png\"; write \"image/png\"*" },
        { it => GetNotesProfile(it).Extensions.Add("pdf"),
            "Profiles[\"notes\"].Extensions holds \"pdf\"; write it with one dot in front*" },
        { it => GetNotesProfile(it).Extensions.Add(".tar.gz"), "Profiles[\"notes\"].Extensions holds \".tar.gz\";*" },
        { it => GetNotesProfile(it).Extensions.Add(".pdf\n"), "Profiles[\"notes\"].Extensions holds \".pdf\n\";*" },
        { it => (GetNotesProfile(it).MinSize, GetNotesProfile(it).MaxSize) = (20, 10),
            "Profiles[\"notes\"].MinSize is 20, more than MaxSize, 10; the profile would accept no file." },
        { it => GetNotesProfile(it).MinSize = -1, "Profiles[\"notes\"].*MinSize*-1*" },
        { it => (GetNotesProfile(it).MinSize, GetNotesProfile(it).MaxSize) = (0, 0), "Profiles[\"notes\"].*MaxSize* 0*" },
        { it => (GetNotesProfile(it).MaxSize, GetNotesProfile(it).MultipartThreshold) = (5368709121, null),
            "Profiles[\"notes\"].*MaxSize*5368709121*" },
        { it => GetNotesProfile(it).MaxSize = 53687091200001, "Profiles[\"notes\"].*MaxSize*53687091200001*" },
        { it => GetNotesProfile(it).MultipartThreshold = -1, "Profiles[\"notes\"].*MultipartThreshold*-1*" },
        { it => GetNotesProfile(it).PartSize = 5242879, "Profiles[\"notes\"].*PartSize*5242879*" },
        { it => GetNotesProfile(it).PartSize = 5368709121, "Profiles[\"notes\"].*PartSize*5368709121*" },
        { it => GetNotesProfile(it).MaxPendingUploadsPerOwner = 0, "Profiles[\"notes\"].*MaxPendingUploadsPerOwner* 0*" },
        { it => GetNotesProfile(it).MaxPendingBytesPerOwner = 0, "Profiles[\"notes\"].*MaxPendingBytesPerOwner* 0*" },
        { it => GetNotesProfile(it).UploadUrlLifetime = TimeSpan.FromDays(8),
            "Profiles[\"notes\"].UploadUrlLifetime is 8.00:00:00; set it between 00:00:01 and 7.00:00:00." },
        { it => GetNotesProfile(it).KeyTemplate = "{profile}",
            "Profiles[\"notes\"].KeyTemplate is \"{profile}\"; it must hold {id}, which makes every key unique." },
        { it => it.Bucket = null,
            "Profiles[\"notes\"].Bucket: neither the profile nor the options name one; set Bucket, in code or as " +
            "\"DirectUploads:Bucket\"." },
        { it => it.Bucket = " ", "Profiles[\"notes\"].Bucket: neither the profile nor the options name one;*" },
        { it => GetNotesProfile(it).Bucket = "nope",
            "Profiles[\"notes\"].Bucket is \"nope\", which Buckets doesn't hold; add Buckets[\"nope\"]." },
        {
            it => (GetNotesProfile(it).FinalizeInPlace, GetNotesProfile(it).UploadMethod) = (true, UploadMethod.Post),
            "Profiles[\"notes\"].FinalizeInPlace is true with UploadMethod Post;*Use Put, or set FinalizeInPlace to false."
        },
        { it => GetNotesProfile(it).KeyTemplate = "staging/{id}",
            "Profiles[\"notes\"].KeyTemplate begins with the staging prefix \"staging/\";*" },
        { it => GetNotesProfile(it).UploadMethod = (UploadMethod)7, "Profiles[\"notes\"].*UploadMethod*7*" },
    };

    [Theory]
    [MemberData(nameof(InvalidOptions), DisableDiscoveryEnumeration = true)]
    public void Validate_InvalidOption_NamesValueAndSolution(Action<DirectUploadOptions> mistake, string message) =>
        GetErrors(mistake).Should().ContainSingle().Which.Should().Match(message);

    [Fact]
    public void Validate_SeveralErrors_ReportsAll() =>
        GetErrors(it =>
        {
            it.ConcurrentConfirmTimeout = TimeSpan.FromHours(1);
            GetNotesProfile(it).ContentTypes.Clear();
            it.AddProfile("Other", other => other.ContentTypes.Add("x"));
        }).Should().HaveCount(4);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 5368709120)]
    public void Validate_BoundaryValues_AreAccepted(long min, long max) => GetErrors(it =>
    {
        (GetNotesProfile(it).MinSize, GetNotesProfile(it).MaxSize) = (min, Math.Max(1, max));
        GetNotesProfile(it).UploadUrlLifetime = TimeSpan.FromDays(7);
        GetNotesProfile(it).MaxPendingUploadsPerOwner = null;
        it.ConcurrentConfirmTimeout = TimeSpan.Zero;
        it.ProcessingLease = TimeSpan.FromHours(1);
        it.DownloadUrlLifetime = TimeSpan.FromSeconds(1);
        it.Buckets["archive"] = new BucketOptions { Name = "archive" };
    }).Should().BeEmpty();

    [Fact]
    public async Task Start_InvalidOptions_Throws()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddDirectUploads(it =>
        {
            ConfigureValid(it);
            it.ConcurrentConfirmTimeout = TimeSpan.FromHours(1);
        }).UseInMemoryStore();
        using var host = builder.Build();

        (await host.Awaiting(it => it.StartAsync(TestContext.Current.CancellationToken)).Should().ThrowAsync<OptionsValidationException>())
            .WithMessage("*ConcurrentConfirmTimeout is 01:00:00*");
    }

    [Fact]
    public async Task Start_WorkerWithoutStore_Throws()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddDirectUploads(ConfigureValid).AddWorker();
        using var host = builder.Build();

        (await host.Awaiting(it => it.StartAsync(TestContext.Current.CancellationToken)).Should().ThrowAsync<OptionsValidationException>())
            .WithMessage("*no record store*");
    }

    [Fact]
    public async Task Start_ValidOptionsAndWorker_StartsAndStops()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddDirectUploads(ConfigureValid).UseInMemoryStore().AddWorker();
        using var host = builder.Build();

        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> GetErrors(Action<DirectUploadOptions> mistake)
    {
        using var provider = TestServiceProvider.Create(it =>
        {
            ConfigureValid(it);
            mistake(it);
        });
        try
        {
            provider.GetUploadOptions();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return exception.Failures;
        }
    }

    private static void ConfigureValid(DirectUploadOptions options)
    {
        options.Bucket = "examplebucket";
        options.AddProfile("notes", notes => notes.ContentTypes.Add("text/plain"));
    }

    private static UploadProfile GetNotesProfile(DirectUploadOptions options) => options.Profiles["notes"];

    private static void RenameNotesProfile(DirectUploadOptions options, string name)
    {
        options.Profiles.Add(name, GetNotesProfile(options));
        options.Profiles.Remove("notes");
    }
}
