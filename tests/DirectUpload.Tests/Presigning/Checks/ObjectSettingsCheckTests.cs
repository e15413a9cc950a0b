using DirectUpload.Presigning;
using DirectUpload.Tests.Fixtures;
using Microsoft.Extensions.Options;

namespace DirectUpload.Tests.Presigning.Checks;

/// <summary>The same settings are refused wherever they are used.</summary>
public sealed class ObjectSettingsCheckTests
{
    public static TheoryData<string, ObjectSettings, string> Refused => InvalidObjectSettings.All;

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void Start_RefusedSettings_NamesOptionAndValue(string kind, ObjectSettings settings, string message)
    {
        foreach (var inPlace in new[] { false, true })
            GetErrors(profile => profile.FinalizeInPlace = inPlace, settings).Should().ContainSingle(kind)
                .Which.Should().Match($"Profiles[\"notes\"].ObjectSettings.{message}");
        GetErrors(profile => profile.UploadMethod = UploadMethod.Post, settings).Should().ContainSingle(kind)
            .Which.Should().Match($"Profiles[\"notes\"].ObjectSettings.{message}");
    }

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task Put_RefusedSettings_Throws(string kind, ObjectSettings settings, string message) =>
        await ShouldThrowAsync(issuer => issuer.PresignAsync(new PutUrlRequest { Key = "a", Settings = settings }).AsTask(), kind, message);

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task CreateMultipart_RefusedSettings_Throws(string kind, ObjectSettings settings, string message) =>
        await ShouldThrowAsync(issuer => issuer.PresignAsync(MultipartUrlRequest.Create("a", settings: settings)).AsTask(), kind, message);

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task Post_RefusedSettings_Throws(string kind, ObjectSettings settings, string message) =>
        await ShouldThrowAsync(
            issuer => issuer.PresignPostAsync(new PostPolicyRequest { Key = "a", MaxLength = 1, Settings = settings }).AsTask(), kind,
            message);

    [Fact]
    public void FindErrors_SettingsAtTheLimits_IsEmpty() => ObjectSettingsCheck.FindErrors(new()
    {
        Acl = "bucket-owner-full-control",
        ServerSideEncryption = "aws:kms:dsse",
        KmsKeyId = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        Metadata = { ["name"] = new string('a', 2044) },
        Tags = Enumerable.Range(1, 10)
            .ToDictionary(n => $"+-=._:/@ {n}" + (n == 1 ? new string('é', 118) : ""), n => n == 1 ? new string('v', 256) : ""),
    }).Should().BeEmpty();

    private static IEnumerable<string> GetErrors(Action<UploadProfile> configure, ObjectSettings settings)
    {
        using var provider = TestServiceProvider.Create(options =>
        {
            options.Bucket = "examplebucket";
            options.Profiles["notes"] = new UploadProfile { ObjectSettings = settings, ContentTypes = { "text/plain" } };
            configure(options.Profiles["notes"]);
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

    private static async Task ShouldThrowAsync(Func<PresignedUploadIssuer, Task> act, string kind, string message) =>
        (await TestIssuer.CreateDefault().Awaiting(act).Should().ThrowAsync<ArgumentException>(kind)).WithMessage($"Settings.{message}");
}
