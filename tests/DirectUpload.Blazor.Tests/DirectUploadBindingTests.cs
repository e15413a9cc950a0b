using Bunit;
using Component = DirectUpload.Blazor.DirectUpload;

namespace DirectUpload.Blazor.Tests;

public sealed class DirectUploadBindingTests : ComponentTests
{
    [Fact]
    public async Task UploadId_ChosenAndRemoved_IsBound()
    {
        var changes = new List<string?>();
        string? bound = null;
        Render<Component>(it => it.Add(c => c.Profile, "a").Bind(c => c.UploadId, bound, changed => changes.Add(bound = changed)));

        await ChooseAsync(First);
        await ChooseAsync();

        changes.Should().Equal(First, null);
    }

    [Fact]
    public async Task UploadIds_Chosen_AreBoundInTheirOrder()
    {
        IReadOnlyList<string> bound = [];
        Render<Component>(it => it.Add(c => c.Profile, "a").Add(c => c.Multiple, true)
            .Bind(c => c.UploadIds, bound, changed => bound = changed!));

        await ChooseAsync(Second, First);

        bound.Should().Equal(Second, First);
    }

    [Fact]
    public async Task UploadIds_ManyEvents_AreOneChange()
    {
        var changes = new List<IReadOnlyList<string>>();
        Render<Component>(it => it.Add(c => c.Profile, "a").Add(c => c.Multiple, true).Add(c => c.UploadIdsChanged, changes.Add));

        await SendAsync(
            new { kind = "ids", ids = new[] { First }, isLast = false },
            new { kind = "ids", ids = new[] { Second }, isLast = true });

        changes.Should().ContainSingle().Which.Should().Equal(First, Second);
    }

    [Fact]
    public async Task UploadId_SeveralIdsWithoutMultiple_IsTheLast()
    {
        string? bound = null;
        Render<Component>(it => it.Add(c => c.Profile, "a").Bind(c => c.UploadId, bound, changed => bound = changed));

        await ChooseAsync(First, Second);

        bound.Should().Be(Second);
    }

    [Theory]
    [InlineData("../admin")]
    [InlineData("0190A1B2C3D47E5F8A9B0C1D2E3F4A5B")]
    [InlineData("")]
    public async Task UploadId_ThatIsNoId_IsIgnored(string id)
    {
        string? bound = "unchanged";
        Render<Component>(it => it.Add(c => c.Profile, "a").Add(c => c.UploadIdChanged, changed => bound = changed));

        await ChooseAsync(id);

        bound.Should().Be("unchanged");
    }

    [Fact]
    public void UploadId_SetByTheApplication_GoesToTheElement()
    {
        var rendered = Render<Component>(it => it.Add(c => c.Profile, "a").Add(c => c.UploadId, First));

        rendered.Render(it => it.Add(c => c.UploadId, Second));
        rendered.Render(it => it.Add(c => c.UploadId, null));

        Connection.Invocations["update"].Select(update => update.Arguments[0]).Should().BeEquivalentTo(
            new object[] { new[] { Second }, Array.Empty<string>() }, options => options.WithStrictOrdering());
        Element(rendered).GetAttribute("value").Should().Be(First, "a reset of the form returns to it");
    }

    [Fact]
    public async Task UploadId_ChosenByTheUser_IsNotSentBack()
    {
        var rendered = Render<Component>(it => it.Add(c => c.Profile, "a").Add(c => c.UploadId, null));

        await ChooseAsync(First);
        rendered.Render(it => it.Add(c => c.UploadId, First));
        rendered.Render(it => it.Add(c => c.Disabled, true));

        Connection.Invocations["update"].Should().BeEmpty();
    }

    [Fact]
    public async Task UploadId_NotBound_SurvivesAnotherRendering()
    {
        var rendered = Render<Component>(it => it.Add(c => c.Profile, "a"));

        await ChooseAsync(First);
        rendered.Render(it => it.Add(c => c.MaxFiles, 3));

        Connection.Invocations["update"].Should().BeEmpty();
    }

    [Fact]
    public void UploadIds_ListChangedInPlace_GoesToTheElement()
    {
        var ids = new List<string> { First };
        var rendered = Render<Component>(it => it.Add(c => c.Profile, "a").Add(c => c.Multiple, true).Add(c => c.UploadIds, ids));

        ids.Add(Second);
        rendered.Render(it => it.Add(c => c.UploadIds, ids));

        Connection.Invocations["update"].Should().ContainSingle().Which.Arguments[0].Should().BeEquivalentTo(new[] { First, Second });
    }
}
