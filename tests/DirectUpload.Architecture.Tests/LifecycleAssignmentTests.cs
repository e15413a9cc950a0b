namespace DirectUpload.Architecture.Tests;

public sealed class LifecycleAssignmentTests
{
    [Fact]
    public void Assignments_OutsideLifecycle_AreAbsent() => LifecycleAssignmentRules.FindViolations(SourceFile.All()).Should().BeEmpty();

    [Theory]
    [InlineData("DirectUpload/Cleanup/A.cs", "record with { NextActionAt = now }", true)]
    [InlineData("DirectUpload/Cleanup/A.cs", "record with { Error = null, Status = UploadStatus.Failed }", true)]
    [InlineData("DirectUpload/Worker/A.cs", "var next = record with\n{\n    PurgeAt = now,\n}", true)]
    [InlineData("DirectUpload/Events/A.cs", "record with { NotifyAt = now }", true)]
    [InlineData("DirectUpload/Events/A.cs", "record with { NotifyAt = null }", false)]
    [InlineData("DirectUpload/Worker/A.cs", "record.NextActionAt == now && record.Status == UploadStatus.Ready", false)]
    [InlineData("DirectUpload/Lifecycle/UploadLifecycle.cs", "record with { NextActionAt = now }", false)]
    public void Assignments_OutsideLifecycle_AreReported(string path, string code, bool caught) =>
        LifecycleAssignmentRules.FindViolations([SourceFile.Of(path, code)]).Any().Should().Be(caught);
}
