namespace DirectUpload.S3Conformance.Proof;

public sealed class A_deviation_is_held_to_what_it_declares(RgwFixture rgw) : Suite(rgw), IClassFixture<RgwFixture>
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

    private Action Expecting(string observed) =>
        () => Expect(observed, "400 AuthorizationQueryParametersError, nothing", name: Deviating);
}
