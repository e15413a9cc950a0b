namespace DirectUpload.Architecture.Tests;

public sealed class StoreTests
{
    private const string Store = "internal sealed class LedgerStore(Ledger ledger, int pages = 1) : IUploadRecordStore, IDisposable { }";
    private const string Suite = "public sealed class LedgerStoreSuite : RecordStoreSuite { object Create() => new LedgerStore(new()); }";

    [Fact]
    public void Every_store_is_held_to_the_contract() =>
        StoreRules.WithoutASuite(SourceFile.All(), SourceFile.AllTests()).Should().BeEmpty("each needs a sealed RecordStoreSuite that names it");

    [Fact]
    public void Stores_are_really_found() => StoreRules.Stores(SourceFile.All()).Should().Contain("InMemoryUploadRecordStore");

    [Theory]
    [InlineData(Store, "", "LedgerStore")]
    [InlineData(Store, "public sealed class OtherSuite : RecordStoreSuite { object Create() => new OtherStore(); }", "LedgerStore")]
    [InlineData(Store, "public sealed class LedgerStoreSuite : RecordStoreSuite { } // new LedgerStore()", "LedgerStore")]
    [InlineData(Store, "public abstract class LedgerStoreSuite : RecordStoreSuite { object Create() => new LedgerStore(new()); }", "LedgerStore")]
    [InlineData(Store, "public sealed class LedgerStoreTests { object Create() => new LedgerStore(new()); }", "LedgerStore")]
    [InlineData("class LedgerStore<T>\n    (T book) : Shelf<T>, IUploadRecordStore\n    where T : new() { }", "", "LedgerStore")]
    [InlineData("abstract class Paper : IUploadRecordStore { } class LedgerStore : Paper { }", "", "LedgerStore")]
    public void One_without_a_suite_is_caught(string source, string test, string store) =>
        StoreRules.WithoutASuite([SourceFile.Of("A/A.cs", source)], [SourceFile.Of("A.Tests/A.cs", test)]).Should().Equal(store);

    [Theory]
    [InlineData(Store, Suite)]
    [InlineData(Store, "public abstract class LedgerSuite : RecordStoreSuite { object Create() => new LedgerStore(new()); } public sealed class OnPaper : LedgerSuite;")]
    [InlineData("abstract class Paper : IUploadRecordStore { }", "")]
    [InlineData("class Desk(IUploadRecordStore store) : IDesk { }", "")]
    [InlineData("class Desk { IUploadRecordStore store; }", "")]
    public void One_with_a_suite_and_what_is_no_store_is_fine(string source, string test) =>
        StoreRules.WithoutASuite([SourceFile.Of("A/A.cs", source)], [SourceFile.Of("A.Tests/A.cs", test)]).Should().BeEmpty();
}
