namespace DirectUpload.Architecture.Tests;

public sealed class StoreConformanceTests
{
    private const string Store = "internal sealed class LedgerStore(Ledger ledger, int pages = 1) : IUploadRecordStore, IDisposable { }";
    private const string Suite = "public sealed class LedgerStoreSuite : RecordStoreSuite { object Create() => new LedgerStore(new()); }";

    [Fact]
    public void Every_store_has_a_conformance_suite() =>
        StoreConformanceRules.WithoutASuite(SourceFile.All(), SourceFile.AllTests())
            .Should().BeEmpty("each needs a sealed RecordStoreSuite that names it");

    [Fact]
    public void Stores_InSources_AreFound() => StoreConformanceRules.Stores(SourceFile.All()).Should().Contain("InMemoryUploadRecordStore");

    [Theory]
    [InlineData(Store, "", "LedgerStore")]
    [InlineData(Store, "public sealed class OtherSuite : RecordStoreSuite { object Create() => new OtherStore(); }", "LedgerStore")]
    [InlineData(Store, "public sealed class LedgerStoreSuite : RecordStoreSuite { } // new LedgerStore()", "LedgerStore")]
    [InlineData(
        Store, "public abstract class LedgerStoreSuite : RecordStoreSuite { object Create() => new LedgerStore(new()); }", "LedgerStore")]
    [InlineData(Store, "public sealed class LedgerStoreTests { object Create() => new LedgerStore(new()); }", "LedgerStore")]
    [InlineData("class LedgerStore<T>\n    (T book) : Shelf<T>, IUploadRecordStore\n    where T : new() { }", "", "LedgerStore")]
    [InlineData("abstract class Paper : IUploadRecordStore { } class LedgerStore : Paper { }", "", "LedgerStore")]
    public void WithoutASuite_UntestedStore_IsReported(string source, string test, string store) =>
        StoreConformanceRules.WithoutASuite([SourceFile.Of("A/A.cs", source)], [SourceFile.Of("A.Tests/A.cs", test)]).Should().Equal(store);

    [Theory]
    [InlineData(Store, Suite)]
    [InlineData(
        Store,
        "public abstract class LedgerSuite : RecordStoreSuite { object Create() => new LedgerStore(new()); } public sealed class " +
        "OnPaper : LedgerSuite;")]
    [InlineData("abstract class Paper : IUploadRecordStore { }", "")]
    [InlineData("class Desk(IUploadRecordStore store) : IDesk { }", "")]
    [InlineData("class Desk { IUploadRecordStore store; }", "")]
    public void WithoutASuite_TestedStoreOrOtherClass_None(string source, string test) =>
        StoreConformanceRules.WithoutASuite([SourceFile.Of("A/A.cs", source)], [SourceFile.Of("A.Tests/A.cs", test)]).Should().BeEmpty();
}
