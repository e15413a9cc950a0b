using DirectUpload.Signing;

namespace DirectUpload.Tests.Signing;

/// <summary>Requests for forms that contradict themselves, S3's limits or POST's own grammar.</summary>
public sealed class PostRequestTests
{
    private static readonly PostPolicyRequest Good = new() { Key = "a.txt", MaxLength = 10 };

    public static TheoryData<PostPolicyRequest, string> Contradictions => new()
    {
        { Good with { KeyPrefix = "a/" }, "*either Key or KeyPrefix*" },
        { Good with { Key = null }, "*either Key or KeyPrefix*" },
        { Good with { ContentType = "image/png", ContentTypePrefix = "image/" }, "*ContentType or ContentTypePrefix, not both*" },
        { Good with { MinLength = -1 }, "*size range -1 to 10*" },
        { Good with { MinLength = 11 }, "*size range 11 to 10*" },
        { Good with { MaxLength = -1 }, "*size range 0 to -1*" },
        { Good with { MaxLength = (5L * 1024 * 1024 * 1024) + 1 }, "*5368709120 bytes (5 GiB)*" },
        { Good with { SuccessStatus = 202 }, "*202*200, 201 and 204*" },
        { Good with { Key = "pri$e.txt" }, "*'$'*presigned PUT*" },
        { Good with { Key = "${filename}" }, "*'$'*presigned PUT*" },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public async Task Are_refused_with_what_is_wrong(PostPolicyRequest request, string message) =>
        (await TestIssuer.Simple().Awaiting(it => it.PresignPostAsync(request).AsTask()).Should().ThrowAsync<ArgumentException>()).WithMessage(message);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 10)]
    [InlineData(0, 5L * 1024 * 1024 * 1024)]
    public async Task The_edges_of_the_range_are_taken(long min, long max) =>
        (await new TestIssuer().PostAsync(Good with { MinLength = min, MaxLength = max })).Lengths.Should().Equal((min, max));

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(204)]
    public async Task Each_status_that_S3_knows_is_taken(int status) =>
        (await new TestIssuer().PostAsync(Good with { SuccessStatus = status })).Fields["success_action_status"].Should().Be(status.ToString());

    [Fact]
    public async Task An_empty_prefix_lets_the_client_name_everything() =>
        (await new TestIssuer().PostAsync(new PostPolicyRequest { KeyPrefix = "", MaxLength = 1 })).Fields["key"].Should().Be("${filename}");
}
