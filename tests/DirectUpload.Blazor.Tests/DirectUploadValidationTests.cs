using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Component = DirectUpload.Blazor.DirectUpload;

namespace DirectUpload.Blazor.Tests;

public sealed class DirectUploadValidationTests : ComponentTests
{
    private readonly Survey _survey = new();
    private readonly EditContext _context;

    public DirectUploadValidationTests() => _context = new(_survey);

    [Fact]
    public async Task Validate_NothingChosen_MarksTheElementAsInvalid()
    {
        var form = Render<SurveyForm>(it => it.Add(f => f.Context, _context));

        (await form.InvokeAsync(_context.Validate)).Should().BeFalse();

        form.WaitForAssertion(() => form.Find("direct-upload").ClassList.Should().BeEquivalentTo("wide", "invalid"));
        form.Markup.Should().Contain("Choose a file.");
    }

    [Fact]
    public async Task Change_BoundField_IsModifiedAndValidated()
    {
        var changed = new List<string>();
        _context.OnFieldChanged += (_, e) => changed.Add(e.FieldIdentifier.FieldName);
        var form = Render<SurveyForm>(it => it.Add(f => f.Context, _context));
        await form.InvokeAsync(_context.Validate);

        await ChooseAsync(0, First);

        _survey.FileId.Should().Be(First);
        changed.Should().Equal("FileId");
        form.WaitForAssertion(() => form.Find("direct-upload").ClassList.Should().BeEquivalentTo("wide", "modified", "valid"));
    }

    [Fact]
    public async Task Change_ListInANestedModel_IsAFieldOfThatModel()
    {
        FieldIdentifier? changed = null;
        _context.OnFieldChanged += (_, e) => changed = e.FieldIdentifier;
        Render<SurveyForm>(it => it.Add(f => f.Context, _context));

        await ChooseAsync(1, First, Second);

        _survey.Pages[1].PhotoIds.Should().Equal(First, Second);
        changed.Should().Be(new FieldIdentifier(_survey.Pages[1], "PhotoIds"));
    }

    [Fact]
    public void Name_BoundFields_IsTheirPath() =>
        Render<SurveyForm>(it => it.Add(f => f.Context, _context)).FindAll("direct-upload").Select(element => element.GetAttribute("name"))
            .Should().Equal("Form.FileId", "Form.Pages[1].PhotoIds");

    [Fact]
    public async Task For_OtherField_IsTheOneThatChanges()
    {
        var changed = new List<string>();
        _context.OnFieldChanged += (_, e) => changed.Add(e.FieldIdentifier.FieldName);
        var upload = Render<Component>(it => it.Add(c => c.Profile, "a").Add(c => c.For, () => _survey.FileId).AddCascadingValue(_context));

        await ChooseAsync(0, First);

        changed.Should().Equal("FileId");
        Element(upload).GetAttribute("name").Should().Be("_survey.FileId");
    }

    [Fact]
    public async Task Dispose_InAForm_StopsObservingIt()
    {
        Render<SurveyForm>(it => it.Add(f => f.Context, _context));

        await DisposeComponentsAsync();
        _context.Validate();

        Renderer.UnhandledException.IsCompleted.Should().BeFalse();
    }
}
