namespace DirectUpload.StoreConformance.Histories;

/// <summary>Represents one call of a store method, with its begin and end on the history's clock.</summary>
internal sealed record Operation(long Begin, long End, string Actor, Observation Observation)
{
    public override string ToString() => $"  {Begin,3}–{End,-3} {Actor,-7} {Observation}";
}
