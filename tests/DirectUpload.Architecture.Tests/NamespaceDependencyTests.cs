namespace DirectUpload.Architecture.Tests;

public sealed class NamespaceDependencyTests
{
    private static readonly RoomOrder Order = new(["First", "Second", "Third"], new Dictionary<string, string> { ["Door"] = "Third" });

    public static TheoryData<string> Packages => [.. PackageSource.Names];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Rooms_UseEarlierOnesOnly(string package) =>
        NamespaceDependencyRules.OrderViolations(PackageSource.Get(package), RoomOrder.All[package]).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Packages))]
    public void Rooms_HaveNoCircle(string package) =>
        NamespaceDependencyRules.Circles(PackageSource.Get(package), RoomOrder.All[package]).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Packages))]
    public void Rooms_HaveAPlaceInTheOrder(string package) =>
        NamespaceDependencyRules.UnknownRooms(PackageSource.Get(package), RoomOrder.All[package]).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Packages))]
    public void RootNamespace_HoldsPublicTypesOnly(string package) =>
        NamespaceDependencyRules.InternalRootTypes(PackageSource.Get(package)).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Packages))]
    public void Files_AreNamedForTheirTypeAndNamespace(string package) =>
        NamespaceDependencyRules.MisplacedFiles(PackageSource.Get(package)).Should().BeEmpty();

    [Fact]
    public void RootNamespace_OfTheCore_UsesNoStage() =>
        NamespaceDependencyRules.RootUses(PackageSource.Get("DirectUpload"), RoomOrder.All["DirectUpload"], "Cleanup").Should().BeEmpty();

    [Fact]
    public void PublicTypes_OfTheCore_AreInFourNamespaces() =>
        NamespaceDependencyRules.PublicNamespaces(PackageSource.Get("DirectUpload"))
            .Where(space => !space.StartsWith("Microsoft.", StringComparison.Ordinal))
            .Should().BeSubsetOf(["DirectUpload", "DirectUpload.Presigning", "DirectUpload.Processing", "DirectUpload.Stores"]);

    [Fact]
    public void Packages_AreAllCovered() => RoomOrder.All.Keys.Should().Contain(PackageSource.Names);

    [Theory]
    [InlineData("new P.Second.B()")]
    [InlineData("P.Second.B.Value")]
    [InlineData("default(P.Second.B)")]
    [InlineData("P.Second.B.Create()")]
    [InlineData("new System.Collections.Generic.List<P.Second.B[]>()")]
    [InlineData("typeof(P.Second.B)")]
    [InlineData("new P.Second.B.Nested()")]
    public void OrderViolations_LaterRoomInABody_IsReported(string expression) =>
        NamespaceDependencyRules.OrderViolations(Create($"internal class A {{ object? M() => {expression}; }}"), Order)
            .Should().Equal("First uses Second: A uses B");

    [Theory]
    [InlineData("internal class A : P.Second.B;")]
    [InlineData("internal class A(P.Second.B b) { public override string? ToString() => b.ToString(); }")]
    [InlineData("internal class A { P.Second.B? B { get; set; } }")]
    [InlineData("internal class A { P.Second.B M() => new(); }")]
    [InlineData("[P.Second.B] internal class A;")]
    public void OrderViolations_LaterRoomInASignature_IsReported(string type) =>
        NamespaceDependencyRules.OrderViolations(Create(type), Order).Should().Equal("First uses Second: A uses B");

    [Theory]
    [InlineData("internal class A { /* P.Second.B */ string M() => \"P.Second.B\"; }")]
    [InlineData("/// <summary><see cref=\"P.Second.B\"/></summary>\ninternal class A;")]
    [InlineData("internal class A { int Second() => 1; }")]
    public void OrderViolations_TextOnly_None(string type) =>
        NamespaceDependencyRules.OrderViolations(Create(type), Order).Should().BeEmpty();

    [Fact]
    public void OrderViolations_DoorOfALaterRoom_IsReported() =>
        NamespaceDependencyRules.OrderViolations(PackageSource.Create(
            "P", ("P/Door.cs", "namespace P; public class Door;"), ("P/First/A.cs", "namespace P.First; class A { Door? D; }")), Order)
            .Should().Equal("First uses Third: A uses Door");

    [Fact]
    public void Circles_ThroughAThirdRoom_AreReported() =>
        NamespaceDependencyRules.Circles(
            PackageSource.Create(
                "P",
                ("P/First/A.cs", "namespace P.First; class A { P.Second.B? B; }"),
                ("P/Second/B.cs", "namespace P.Second; class B { P.Third.C? C; }"),
                ("P/Third/C.cs", "namespace P.Third; class C { P.First.A? A; }")),
            Order).Should().Equal("First", "Second", "Third");

    [Fact]
    public void UnknownRooms_UnlistedRoom_IsReported() =>
        NamespaceDependencyRules.UnknownRooms(PackageSource.Create("P", ("P/Helpers/A.cs", "namespace P.Helpers; class A;")), Order)
            .Should().Equal("Helpers");

    [Fact]
    public void InternalRootTypes_InternalType_IsReported() =>
        NamespaceDependencyRules.InternalRootTypes(PackageSource.Create("P", ("P/A.cs", "namespace P; internal class A; public class B;")))
            .Should().Equal("A");

    [Fact]
    public void RootUses_DataThatUsesAStage_IsReported() =>
        NamespaceDependencyRules.RootUses(
            PackageSource.Create(
                "P", ("P/A.cs", "namespace P; public class A { P.Second.B? B; P.First.C? C; }"),
                ("P/Second/B.cs", "namespace P.Second; class B;"), ("P/First/C.cs", "namespace P.First; class C;")),
            Order, "Second").Should().Equal(" uses Second: A uses B");

    [Fact]
    public void PublicNamespaces_PublicTypeInARoom_IsReported() =>
        NamespaceDependencyRules.PublicNamespaces(PackageSource.Create(
            "P", ("P/A.cs", "namespace P.First { public class A; } namespace P.Second { class B; }"))).Should().Equal("P.First");

    [Theory]
    [InlineData("P/First/A.cs", "namespace P.Second; class A;")]
    [InlineData("P/A.cs", "namespace P.First; class A;")]
    [InlineData("P/First/Other.cs", "namespace P.First; class A;")]
    [InlineData("P/First/A.cs", "namespace P; class A;")]
    [InlineData("P/First/Other.cs", "namespace P.First; public class A; public class B;")]
    public void MisplacedFiles_OtherFolderOrName_AreReported(string path, string code) =>
        NamespaceDependencyRules.MisplacedFiles(PackageSource.Create("P", (path, code))).Should().ContainSingle();

    [Theory]
    [InlineData("P/First/A.cs", "namespace P.First; class A; class B;")]
    [InlineData("P/First/Letters.cs", "namespace P.First; class A; class B;")]
    [InlineData("P/AExtensions.cs", "namespace Microsoft.Extensions.DependencyInjection; public static class AExtensions;")]
    public void MisplacedFiles_FittingFile_None(string path, string code) =>
        NamespaceDependencyRules.MisplacedFiles(PackageSource.Create("P", (path, code))).Should().BeEmpty();

    private static PackageSource Create(string type) =>
        PackageSource.Create(
            "P",
            ("P/First/A.cs", $"namespace P.First; {type}"),
            ("P/Second/B.cs",
                "namespace P.Second; class B : System.Attribute { public const int Value = 1; public static object? Create() => null; " +
                "public class Nested; }"));
}
