namespace DirectUpload.Architecture.Tests;

public sealed class SizeTests
{
    public static TheoryData<string> Packages => [.. PackageSource.Names];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Constructors_HaveAtMostSevenParameters(string package) =>
        SizeRules.LongConstructors(PackageSource.Get(package)).Should().BeEmpty();

    [Fact]
    public void PublicTypes_OfTheCore_AreWithinTheBound() =>
        SizeRules.PublicTypes(PackageSource.Get("DirectUpload")).Should().HaveCountLessThanOrEqualTo(SizeRules.MaxPublicTypes);

    [Fact]
    public void PublicApi_OfTheCore_IsWithinTheBound() =>
        SizeRules.CountApiLines(File.ReadAllText(Path.Combine(SourceFile.SrcFolder, "DirectUpload", "PublicAPI.Unshipped.txt")))
            .Should().BeLessThanOrEqualTo(SizeRules.MaxApiLines);

    [Theory]
    [InlineData("class A { public A(int a, int b, int c, int d, int e, int f, int g, int h) { } }", true)]
    [InlineData("class A(int a, int b, int c, int d, int e, int f, int g, int h) { int M() => a + b + c + d + e + f + g + h; }", true)]
    [InlineData("class A { private A(int a, int b, int c, int d, int e, int f, int g, int h) { } }", true)]
    [InlineData("class A { public A(int a, int b, int c, int d, int e, int f, int g) { } }", false)]
    [InlineData("record A(int B, int C, int D, int E, int F, int G, int H, int I);", false)]
    public void LongConstructors_EightParameters_AreReported(string code, bool isReported) =>
        SizeRules.LongConstructors(PackageSource.Create("P", ("P/A.cs", code))).Any().Should().Be(isReported);

    [Fact]
    public void PublicTypes_OfASample_AreCounted() => SizeRules.PublicTypes(PackageSource.Create(
        "P", ("P/A.cs", "public class A; internal class B; public enum C;"))).Should().Equal("A", "C");

    [Fact]
    public void CountApiLines_OfASample_SkipsDirectives() => SizeRules.CountApiLines("#nullable enable\nA\nA.B -> int\n").Should().Be(2);
}
