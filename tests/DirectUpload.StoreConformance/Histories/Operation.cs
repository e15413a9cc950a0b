namespace DirectUpload.StoreConformance.Histories;

/// <summary>A verb that somebody called: it took effect at some moment between its begin and its end, both counted by the history's clock.</summary>
internal sealed record Operation(long Begin, long End, string Actor, Observation Observation)
{
    public override string ToString() => $"  {Begin,3}–{End,-3} {Actor,-7} {Observation}";
}
