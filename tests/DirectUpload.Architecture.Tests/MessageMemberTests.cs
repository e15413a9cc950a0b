namespace DirectUpload.Architecture.Tests;

public sealed class MessageMemberTests
{
    [Fact]
    public void Messages_NameMembersThatExist() => MessageMemberRules.FindUnknown(PackageSource.All).Should().BeEmpty();

    [Theory]
    [InlineData("Set Options.Speed to 1.", "Options.Speed")]
    [InlineData("set MaxSpeed to 1", "set MaxSpeed")]
    [InlineData("The developer sets MaxSpeed for it.", "sets MaxSpeed")]
    public void FindUnknown_MissingMember_IsReported(string message, string unknown) =>
        Find(message).Should().ContainSingle().Which.Should().EndWith(unknown);

    [Theory]
    [InlineData("Set Options.MaxSize to 1.")]
    [InlineData("Set MaxSize to 1, or call Other.Member.")]
    public void FindUnknown_KnownMember_None(string message) => Find(message).Should().BeEmpty();

    private static IEnumerable<string> Find(string message) => MessageMemberRules.FindUnknown([PackageSource.Create("P", ("P/Options.cs",
        "namespace P; public sealed class Options { public int MaxSize { get; set; } internal string Message => \"" + message + "\"; }"))]);
}
