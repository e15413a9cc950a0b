using System.Xml.Linq;
using DirectUpload.Presigning;
using DirectUpload.Processing;

namespace DirectUpload.Architecture.Tests;

/// <summary>Examples in XML documentation are quoted from samples, which are compiled.</summary>
public sealed class ExampleTests
{
    /// <summary>The types that a new user of the library meets first.</summary>
    public static TheoryData<Type> FirstTypes =>
    [
        typeof(IDirectUploadService), typeof(DirectUploadOptions), typeof(UploadProfile), typeof(IUploadEventHandler),
        typeof(IUploadProcessor),
        typeof(UploadRequest), typeof(UploadAccess), typeof(UploadResult<>), typeof(IPresignedUploadIssuer), typeof(IUploadAuthorizer),
    ];

    public static TheoryData<string> Packages => [.. PackageSource.Names];

    [Theory]
    [MemberData(nameof(FirstTypes))]
    public void FirstTypes_HaveAnExample(Type type) =>
        PackageSource.Get("DirectUpload").Compilation.GetTypeByMetadataName(type.FullName!)!
            .GetDocumentationCommentXml(cancellationToken: TestContext.Current.CancellationToken)
            .Should().Contain("<example>").And.Contain("<code>");

    [Theory]
    [MemberData(nameof(Packages))]
    public void Examples_AreInSamples(string package) =>
        PublicSymbols.In(PackageSource.Get(package)).SelectMany(symbol => FindCode(symbol.GetDocumentationCommentXml()))
            .SelectMany(CompiledSamples.FindMissingParts).Should().BeEmpty("examples are quoted from samples, which are compiled");

    [Fact]
    public void FindCode_Example_IsDecoded() =>
        FindCode("<member><summary>A <c>b</c>.</summary><example>C:<code>D&lt;E&gt;();</code></example></member>")
            .Should().Equal("D<E>();");

    private static IEnumerable<string> FindCode(string? documentation) =>
        string.IsNullOrEmpty(documentation)
            ? []
            : XElement.Parse(documentation).Elements("example").SelectMany(example => example.Elements("code")).Select(code => code.Value);
}
