namespace DirectUpload.Architecture.Tests;

/// <summary>Every store is held to the contract: some project of tests has a sealed suite that names it.</summary>
internal static class StoreConformanceRules
{
    /// <summary>The stores of <paramref name="sources"/> that no suite of <paramref name="tests"/> names.</summary>
    public static IEnumerable<string> WithoutASuite(IEnumerable<SourceFile> sources, IEnumerable<SourceFile> tests)
    {
        var written = ClassDeclaration.In(tests);
        var suites = written.Where(one => one.Is("sealed") && one.Derives("RecordStoreSuite", written))
            .SelectMany(suite => suite.Line(written)).ToArray();
        return Stores(sources).Where(store => !suites.Any(suite => ClassDeclaration.Names(suite.File.Code, store)));
    }

    public static IEnumerable<string> Stores(IEnumerable<SourceFile> sources)
    {
        var written = ClassDeclaration.In(sources);
        return written.Where(one => !one.Is("abstract") && one.Derives("IUploadRecordStore", written)).Select(store => store.Name);
    }
}
