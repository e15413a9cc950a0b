using DirectUpload.S3Conformance.Suites;

namespace DirectUpload.S3Conformance.SelfTests;

public sealed class DeviationTests(RgwFixture rgw, SwiftFixture swift)
    : ConformanceSuite(rgw), IClassFixture<RgwFixture>, IClassFixture<SwiftFixture>
{
    private const string Deviating = nameof(PresignedCredentials.Another_region_is_refused);

    [Fact]
    public void The_declared_behavior_passes() => Expecting("200, hello").Should().NotThrow();

    [Fact]
    public void An_outdated_deviation_fails() =>
        Expecting("400 AuthorizationQueryParametersError, nothing").Should().Throw<Exception>().WithMessage("*remove it*");

    [Fact]
    public void Another_behavior_fails() =>
        Expecting("500 InternalError").Should().Throw<Exception>().WithMessage("*declared deviation*");

    [Theory]
    [InlineData("won, won", true)]
    [InlineData("lost, won", true)]
    [InlineData("lost, lost", false)]
    public void A_race_can_end_only_as_on_AWS_or_as_declared(string observed, bool passes)
    {
        var suite = new RaceSuite(swift);
        var race = () => suite.Ends(observed);
        if (passes)
            race.Should().NotThrow();
        else
            race.Should().Throw<Exception>().WithMessage("*declared deviation*");
    }

    private Action Expecting(string observed) =>
        () => Expect(observed, "400 AuthorizationQueryParametersError, nothing", name: Deviating);

    private sealed class RaceSuite(SwiftFixture swift) : ConformanceSuite(swift)
    {
        public void Ends(string observed) =>
            Expect(observed, "lost, won", name: nameof(MultipartConditions.One_of_two_create_only_completions_succeeds));
    }
}
