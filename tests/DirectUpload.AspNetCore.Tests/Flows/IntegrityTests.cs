using System.Net.Http.Json;
using DirectUpload.TestKit.Integrity;

namespace DirectUpload.AspNetCore.Tests.Flows;

/// <summary>Confirms uploads with the CRC-64/NVME of the file, on servers that report one and on servers that report none.</summary>
public abstract class IntegrityTests(S3ServerFixture server) : FlowTests(server)
{
    private const int PartSize = 5 * 1024 * 1024;

    private static readonly byte[] Small = [.. Enumerable.Range(0, 1000).Select(at => (byte)(at * 11))];
    private static readonly byte[] Large = [.. Enumerable.Range(0, PartSize + 11).Select(at => (byte)(at * 7))];

    protected override TestHostOptions HostOptions => new()
    {
        Uploads = options =>
        {
            foreach (var requirement in Enum.GetValues<IntegrityRequirement>())
            {
                options.AddProfile(requirement.ToString().ToLowerInvariant(), profile =>
                {
                    profile.ContentTypes.Add("*/*");
                    (profile.MaxSize, profile.MultipartThreshold, profile.PartSize) = (100_000_000, PartSize, PartSize);
                    profile.RequireIntegrity = requirement;
                });
            }
        },
    };

    public static TheoryData<string, int> Uploads { get; } = new()
    {
        { "none", 1000 }, { "storagechecksum", 1000 }, { "readobject", 1000 },
        { "none", PartSize + 11 }, { "storagechecksum", PartSize + 11 }, { "readobject", PartSize + 11 },
    };

    [Theory]
    [MemberData(nameof(Uploads))]
    public async Task Confirm_EqualChecksum_IsReadyUnlessStorageReportsNone(string profile, int size)
    {
        var grant = await SendAsync(profile, size);
        RequiresChecksum(grant).Should().Be(profile != "none");

        var confirmed = await ConfirmAsync(grant, Crc64Nvme.Compute(Bytes(size)));

        if (profile == "storagechecksum" && await ReportsNoneAsync())
            confirmed.ShouldBeProblem(422, "checksum-not-reported");
        else
            confirmed.ShouldBe(200)["status"].Should().Be("ready");
    }

    [Theory]
    [MemberData(nameof(Uploads))]
    public async Task Confirm_OtherChecksum_IsRejectedWhereItCanBeCompared(string profile, int size)
    {
        var grant = await SendAsync(profile, size);

        var confirmed = await ConfirmAsync(grant, Crc64Nvme.Compute([.. Bytes(size)[1..], 0]));

        var reportsNone = await ReportsNoneAsync();
        if (profile == "none" && reportsNone)
            confirmed.ShouldBe(200)["status"].Should().Be("ready");
        else
            confirmed.ShouldBeProblem(422, profile == "storagechecksum" && reportsNone ? "checksum-not-reported" : "checksum-mismatch");
        if (profile != "none")
            (await KeysOfAsync(grant)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("readobject", 1000)]
    [InlineData("readobject", PartSize + 11)]
    public async Task Confirm_RequiredChecksumMissing_CanBeRepeated(string profile, int size)
    {
        var grant = await SendAsync(profile, size);

        (await Client.ConfirmAsync(grant)).ShouldBeProblem(400, "checksum-missing")["detail"].Should().Contain("crc64nvme");
        (await Client.StatusAsync(grant)).ShouldBe(200)["status"].Should().Be("requested");
        (await ConfirmAsync(grant, Crc64Nvme.Compute(Bytes(size)))).ShouldBe(200)["status"].Should().Be("ready");
    }

    [Fact]
    public async Task Confirm_MalformedChecksum_IsInvalid()
    {
        var grant = await SendAsync("none", 1000);

        (await ConfirmAsync(grant, "AAAA")).ShouldBeProblem(400, "invalid-request")["detail"].Should().Contain("crc64nvme");
    }

    [Fact]
    public async Task Request_WithChecksum_NeedsNoneInConfirm()
    {
        var grant = await SendAsync("readobject", 1000, new { crc64nvme = Crc64Nvme.Compute(Small) });
        RequiresChecksum(grant).Should().BeFalse();

        (await Client.ConfirmAsync(grant)).ShouldBe(200)["status"].Should().Be("ready");
    }

    private static byte[] Bytes(int size) => size == Small.Length ? Small : Large;

    private static bool RequiresChecksum(Grant grant) =>
        grant.Upload.TryGetProperty("requiresChecksum", out var required) && required.GetBoolean();

    private Task<bool> ReportsNoneAsync() => Server.LacksAsync(S3Features.Checksums);

    private Task<ApiResponse> ConfirmAsync(Grant grant, string crc64nvme) => Client.SendAsync(
        HttpMethod.Post, $"/{grant.Id}/confirm", grant.WriteToken, JsonContent.Create(new { checksums = new { crc64nvme } }));

    private async Task<Grant> SendAsync(string profile, int size, object? checksums = null)
    {
        var grant = await Client.GrantAsync(new TestUploadRequest
        {
            Profile = profile,
            FileName = "film.bin",
            ContentType = "application/octet-stream",
            Size = size,
            Checksums = checksums,
        });
        if (size == Small.Length)
        {
            (await StorageClient.UploadAsync(grant, Small)).ShouldBe(200);
            return grant;
        }

        foreach (var (part, bytes) in grant.Upload.GetProperty("parts").EnumerateArray().Zip([Large[..PartSize], Large[PartSize..]]))
            (await StorageClient.PutAsync(part.GetProperty("url").GetString()!, [], bytes)).ShouldBe(200);
        return grant;
    }
}
