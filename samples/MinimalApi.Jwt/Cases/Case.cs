namespace MinimalApiJwt.Cases;

/// <summary>A case of a user. Its documents are the uploads that are attached to it.</summary>
internal sealed class Case
{
    public int Id { get; set; }

    public required string Owner { get; init; }

    public required string Title { get; set; }
}
