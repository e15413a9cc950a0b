namespace DirectUpload.S3Conformance.Proof;

public sealed class A_deviation_is_held_to_what_it_declares(RgwFixture rgw, SwiftFixture swift)
    : Suite(rgw), IClassFixture<RgwFixture>, IClassFixture<SwiftFixture>
{
    private const string Deviating = nameof(PresignedCredentials.Another_region_is_refused);

    [Fact]
    public void What_was_declared_passes() => Expecting("200, hello").Should().NotThrow();

    [Fact]
    public void A_server_that_has_become_like_aws_must_not_declare_it_any_longer() =>
        Expecting("400 AuthorizationQueryParametersError, nothing").Should().Throw<Exception>().WithMessage("*remove it*");

    [Fact]
    public void A_third_behaviour_is_neither() =>
        Expecting("500 InternalError").Should().Throw<Exception>().WithMessage("*declared deviation*");

    [Theory]
    [InlineData("won, won", true)]
    [InlineData("lost, won", true)]
    [InlineData("lost, lost", false)]
    public void A_race_may_end_as_on_AWS_or_as_declared_only(string observed, bool passes)
    {
        var suite = new Race(swift);
        var race = () => suite.Ends(observed);
        if (passes)
            race.Should().NotThrow();
        else
            race.Should().Throw<Exception>().WithMessage("*declared deviation*");
    }

    private Action Expecting(string observed) =>
        () => Expect(observed, "400 AuthorizationQueryParametersError, nothing", name: Deviating);

    private sealed class Race(SwiftFixture swift) : Suite(swift)
    {
        public void Ends(string observed) =>
            Expect(observed, "lost, won", name: nameof(MultipartConditions.Of_two_completions_that_must_create_one_does));
    }
}
