using DirectUpload.Presigning.Checks;

namespace DirectUpload.Tests.Presigning.Checks;

public sealed class PublicEndpointCheckTests
{
    [Theory]
    [InlineData("files.example.com", "write it with http or https and a host*")]
    [InlineData("/storage", "write it with http or https and a host*")]
    [InlineData("localhost:9000", "write it with http or https and a host*")]
    [InlineData("s3://files.example.com", "write it with http or https and a host*")]
    [InlineData("file:///tmp", "write it with http or https and a host*")]
    [InlineData(
        "https://files.example.com/my-bucket",
        "which has a path, a query or a fragment; write scheme, host and port only, such as \"https://files.example.com\"*")]
    [InlineData("https://files.example.com:8443/my-bucket/", "which has a path*such as \"https://files.example.com:8443\"*")]
    [InlineData("https://files.example.com?a=1", "which has a path*")]
    [InlineData("https://files.example.com/?", "which has a path*")]
    [InlineData("https://files.example.com/#a", "which has a path*")]
    public void FindError_InvalidEndpoint_NamesValueAndSolution(string endpoint, string rule)
    {
        var fault = PublicEndpointCheck.FindError("PublicEndpoint", new Uri(endpoint, UriKind.RelativeOrAbsolute));

        fault.Should().StartWith("PublicEndpoint is \"").And.Match($"*{rule}");
    }

    [Theory]
    [InlineData("https://user:secret@files.example.com")]
    [InlineData("s3://user:secret@files.example.com/path")]
    public void FindError_Password_IsNotRepeated(string endpoint) =>
        PublicEndpointCheck.FindError("PublicEndpoint", new Uri(endpoint))
            .Should().StartWith("PublicEndpoint holds a user name or password;").And.NotContain("secret");

    [Theory]
    [InlineData("https://files.example.com")]
    [InlineData("https://files.example.com/")]
    [InlineData("http://127.0.0.1:9000")]
    [InlineData("https://[2001:db8::1]:8443")]
    [InlineData("https://bücher.example")]
    public void FindError_ValidEndpoint_IsNull(string endpoint) =>
        PublicEndpointCheck.FindError("PublicEndpoint", new Uri(endpoint)).Should().BeNull();
}
