namespace DirectUpload.Architecture.Tests;

public sealed class RoomTests
{
    [Fact]
    public void No_room_looks_into_a_later_one() => RoomRules.Violations(SourceFile.All()).Should().BeEmpty();

    [Fact]
    public void Every_room_has_its_place_in_the_order() => RoomRules.Unknown(SourceFile.All()).Should().BeEmpty();

    [Fact]
    public void The_sources_are_really_read() => SourceFile.All().Count(source => source.Project == "DirectUpload").Should().BeGreaterThan(50);

    [Theory]
    [InlineData("DirectUpload/Uploads/A.cs", "using DirectUpload.Profiles;", "Profiles")]
    [InlineData("DirectUpload/Uploads/A.cs", "using DirectUpload.Diagnostics;", "Diagnostics")]
    [InlineData("DirectUpload/Profiles/A.cs", "using DirectUpload.Signing;", "Signing")]
    [InlineData("DirectUpload/Signing/A.cs", "using DirectUpload.Storage;", "Storage")]
    [InlineData("DirectUpload/Storage/A.cs", "var x = DirectUpload.Records.Y.Z;", "Records")]
    [InlineData("DirectUpload/Records/A.cs", "var x = new Confirmation.Verifier();", "Confirmation")]
    [InlineData("DirectUpload/Confirmation/Inspection/A.cs", "using static DirectUpload.Processing.UploadProcessing;", "Processing")]
    [InlineData("DirectUpload/Processing/A.cs", "using DirectUpload.Events;", "Events")]
    [InlineData("DirectUpload/Events/A.cs", "using DirectUpload.DependencyInjection;", "DependencyInjection")]
    [InlineData("DirectUpload/Diagnostics/A.cs", "using DirectUpload.Records;", "Records")]
    public void A_look_into_a_later_room_is_caught(string path, string code, string into) =>
        RoomRules.Violations([SourceFile.Of(path, code)]).Should().Equal($"{path} looks into {into}");

    [Theory]
    [InlineData("DirectUpload/Profiles/A.cs", "using DirectUpload.Uploads;")]
    [InlineData("DirectUpload/Processing/A.cs", "using DirectUpload.Confirmation; using DirectUpload.Diagnostics;")]
    [InlineData("DirectUpload/A.cs", "using DirectUpload.Processing;")]
    [InlineData("DirectUpload/DependencyInjection/A.cs", "using DirectUpload.Processing;")]
    [InlineData("DirectUpload/Uploads/A.cs", "// using DirectUpload.Profiles;\nvar x = \"DirectUpload.Records.X\"; /* DirectUpload.Signing.Y */ var y = UploadStatus.Processing;")]
    [InlineData("DirectUpload.AspNetCore/Contract/A.cs", "using DirectUpload.Processing;")]
    public void A_look_back_or_from_the_front_desk_is_fine(string path, string code) => RoomRules.Violations([SourceFile.Of(path, code)]).Should().BeEmpty();

    [Fact]
    public void A_new_room_without_a_place_is_caught() =>
        RoomRules.Unknown([SourceFile.Of("DirectUpload/Helpers/A.cs", "")]).Should().Equal("DirectUpload/Helpers/A.cs");
}
