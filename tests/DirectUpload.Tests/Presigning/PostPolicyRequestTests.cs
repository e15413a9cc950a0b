using DirectUpload.Presigning;

namespace DirectUpload.Tests.Presigning;

/// <summary>Requests for forms that contradict themselves, S3's limits or POST's own grammar.</summary>
public sealed class PostPolicyRequestTests
{
    private static readonly PostPolicyRequest Valid = new() { Key = "a.txt", MaxLength = 10 };

    public static TheoryData<PostPolicyRequest, string> Contradictions => new()
    {
        { Valid with { KeyPrefix = "a/" }, "*exactly one of Key and KeyPrefix*" },
        { Valid with { Key = null }, "*exactly one of Key and KeyPrefix*" },
        { Valid with { ContentType = "image/png", ContentTypePrefix = "image/" }, "*ContentType or ContentTypePrefix, not both*" },
        { Valid with { MinLength = -1 }, "*size range -1 to 10*" },
        { Valid with { MinLength = 11 }, "*size range 11 to 10*" },
        { Valid with { MaxLength = -1 }, "*size range 0 to -1*" },
        { Valid with { MaxLength = (5L * 1024 * 1024 * 1024) + 1 }, "*5368709120 bytes (5 GiB)*" },
        { Valid with { SuccessStatus = 202 }, "*202*200, 201 and 204*" },
        { Valid with { Key = "pri$e.txt" }, "*'$'*presigned PUT*" },
        { Valid with { Key = "${filename}" }, "*'$'*presigned PUT*" },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public async Task Post_ContradictoryRequest_ThrowsWithReason(PostPolicyRequest request, string message) =>
        (await TestIssuer.CreateDefault().Awaiting(it => it.PresignPostAsync(request).AsTask()).Should().ThrowAsync<ArgumentException>())
            .WithMessage(message);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 10)]
    [InlineData(0, 5L * 1024 * 1024 * 1024)]
    public async Task Post_SizeRangeBoundaries_AreAccepted(long min, long max) =>
        (await new TestIssuer().PostAsync(Valid with { MinLength = min, MaxLength = max })).Lengths.Should().Equal((min, max));

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(204)]
    public async Task Post_SupportedSuccessStatus_IsAccepted(int status) =>
        (await new TestIssuer().PostAsync(Valid with { SuccessStatus = status })).Fields["success_action_status"]
            .Should().Be(status.ToString());

    [Fact]
    public async Task Post_EmptyKeyPrefix_AllowsAnyKey() =>
        (await new TestIssuer().PostAsync(new PostPolicyRequest { KeyPrefix = "", MaxLength = 1 })).Fields["key"]
            .Should().Be("${filename}");
}
