namespace DirectUpload.Architecture.Tests;

public sealed class PublicDocumentationTests
{
    [Fact]
    public void PublicMembers_HaveCompleteDocumentation()
    {
        var packages = PackageSource.All.Append(
            PackageSource.LoadFrom(Path.Combine(Repository.Root, "tests", "DirectUpload.StoreConformance")));
        var found = packages.ToDictionary(package => package.Name, package => PublicDocumentationRules.FindViolations(package).ToList());

        // Read the whole list from this file when there are many.
        if (Environment.GetEnvironmentVariable("DIRECTUPLOAD_PUBLIC_DOCUMENTATION") is { Length: > 0 } list)
            File.WriteAllLines(list, found.Values.SelectMany(violations => violations));
        found.SelectMany(package => package.Value).Should().BeEmpty();
    }

    [Theory]
    [InlineData("public class A;", "no documentation")]
    [InlineData("/// <remarks>B.</remarks>\npublic class A;", "no <summary>")]
    [InlineData("/// <summary></summary>\npublic class A;", "no <summary>")]
    [InlineData("/// <summary>Holds a & b.</summary>\npublic class A;", "no documentation")]
    [InlineData("/// <summary>Holds a value</summary>\npublic class A;", "the summary does not end with a period")]
    [InlineData("/// <summary>Holds a value. Not two.</summary>\npublic class A;", "the summary has several sentences")]
    [InlineData(
        "/// <summary>Holds <c>a</c>. <see cref=\"B\"/> is another.</summary>\npublic class A;", "the summary has several sentences")]
    [InlineData("/// <summary>This holds a value.</summary>\npublic class A;", "the summary starts with \"This\"")]
    [InlineData("/// <summary>Options of a store.</summary>\npublic class A;", "the summary starts with \"Options\"")]
    [InlineData("/// <summary>Access to a value.</summary>\npublic class A;", "the summary starts with \"Access\"")]
    [InlineData("/// <summary>The values.</summary>\npublic enum A;", "the summary starts with \"The\"")]
    [InlineData("/// <summary>Holds a value.</summary>\npublic class A<T>;", "no <typeparam name=\"T\">")]
    [InlineData("/// <summary>Holds a value.</summary>\npublic record A(int B);", "no <param name=\"B\">")]
    [InlineData("/// <summary>Holds a value.</summary>\npublic class A(int b);", "no <param name=\"b\">")]
    [InlineData(
        "/// <summary>Converts a value.</summary>\n/// <param name=\"b\">B.</param>\npublic delegate int A(int b);", "no <returns>")]
    public void FindViolations_Type_IsReported(string code, string problem) =>
        Find(code).Should().ContainSingle().Which.Should().Contain(problem);

    [Theory]
    [InlineData("public void B() { }", "no documentation")]
    [InlineData("protected void B() { }", "no documentation")]
    [InlineData("protected internal int B;", "no documentation")]
    [InlineData("/// <summary>Send a value.</summary>\npublic void B() { }", "the summary starts with \"Send\"")]
    [InlineData("/// <summary>Sends a value.</summary>\npublic void B(int c) { }", "no <param name=\"c\">")]
    [InlineData("/// <summary>Sends a value.</summary>\n/// <param name=\"c\"></param>\npublic void B(int c) { }", "no <param name=\"c\">")]
    [InlineData("/// <summary>Sends a value.</summary>\npublic void B<T>() { }", "no <typeparam name=\"T\">")]
    [InlineData("/// <summary>Sends a value.</summary>\npublic int B() => 0;", "no <returns>")]
    [InlineData("/// <summary>Sends a value.</summary>\npublic Task<int> B() => null!;", "no <returns>")]
    [InlineData("/// <summary>The value.</summary>\npublic int B { get; }", "the summary starts with \"The\"")]
    [InlineData("/// <summary>Gets the value.</summary>\npublic int B { get; set; }", "the summary starts with \"Gets\"")]
    [InlineData("/// <summary>Gets or sets the value.</summary>\npublic int B { get; private set; }", "the summary starts with \"Gets\"")]
    [InlineData("/// <summary>Gets a value.</summary>\npublic int this[int c] => c;", "no <param name=\"c\">")]
    [InlineData(
        "/// <summary>Adds values.</summary>\n/// <param name=\"c\">C.</param>\npublic static A operator +(A c) => c;", "no <returns>")]
    public void FindViolations_Member_IsReported(string member, string problem) =>
        Find($"/// <summary>Holds a value.</summary>\npublic class A\n{{\n{member}\n}}").Should().ContainSingle()
            .Which.Should().Contain(problem);

    [Fact]
    public void FindViolations_OptionWithoutValue_IsReported() =>
        Find(
            "/// <summary>Configures a.</summary>\npublic class AOptions\n{\n/// <summary>Gets or sets b.</summary>\npublic int B { " +
            "get; set; }\n}")
            .Should().Equal("P/A.cs(5): AOptions.B: no <value>");

    [Theory]
    [InlineData("class A { public void B() { } }")]
    [InlineData("/// <summary>Holds a value.</summary>\npublic class A { private void B() { } internal int C; class D { public int E; } }")]
    [InlineData("/// <summary>Holds a value.</summary>\npublic sealed class A { protected void B() { } }")]
    [InlineData("/// <summary>Holds a value.</summary>\n/// <param name=\"B\">The value.</param>\npublic record A(int B);")]
    [InlineData("/// <summary>Specifies a value.</summary>\npublic enum A\n{\n/// <summary>The first value.</summary>\nB,\n}")]
    [InlineData("/// <inheritdoc/>\npublic class A : Exception;")]
    [InlineData("/// <summary>Holds a value, as <c>A. B</c> does: see <see cref=\"B.C\"/>.</summary>\npublic class A;")]
    [InlineData("/// <summary>Holds a value.</summary>\npublic class A\n{\n/// <summary>Gets b.</summary>\npublic int B { get; init; }\n}")]
    [InlineData("/// <summary>Holds a value.</summary>\npublic class A\n{\n/// <summary>Sends b.</summary>\npublic Task B() => null!;\n}")]
    public void FindViolations_Documented_None(string code) => Find(code).Should().BeEmpty();

    private static IEnumerable<string> Find(string code) =>
        PublicDocumentationRules.FindViolations(PackageSource.Create("P", ("P/A.cs", code)));
}
