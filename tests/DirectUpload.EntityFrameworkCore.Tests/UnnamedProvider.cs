using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace DirectUpload.EntityFrameworkCore.Tests;

/// <summary>Stands for a database whose own SQL is unknown.</summary>
internal sealed class UnnamedProvider : IDatabaseProvider
{
    public string Name => "Nobody.Knows.It";

    public string? Version => null;

    public bool IsConfigured(IDbContextOptions options) => true;
}
