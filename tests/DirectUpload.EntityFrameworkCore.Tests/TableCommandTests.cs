using DirectUpload.EntityFrameworkCore.Records;
using Microsoft.EntityFrameworkCore.Storage;

namespace DirectUpload.EntityFrameworkCore.Tests;

public sealed class TableCommandTests
{
    // An insert that PostgreSQL refuses is repeated row by row, so that a wrong statement would only be slow.
    [Fact]
    public void ToPositional_TwentyParameters_KeepsEachInItsPlace()
    {
        TableCommand.Parameter[] parameters =
            [.. Enumerable.Range(0, 20).Select(at => new TableCommand.Parameter($"@p{at}", new IntTypeMapping("integer"), false))];
        var named = string.Join(", ", parameters.Select(parameter => parameter.Placeholder));

        var positional = TableCommand.ToPositional($"{named}, @p1", parameters);

        positional.Should().Be($"{string.Join(", ", Enumerable.Range(1, 20).Select(place => $"${place}"))}, $2");
    }
}
