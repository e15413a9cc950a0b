namespace DirectUpload.Profiles;

/// <summary>Contains the names of the library's own processors.</summary>
internal static class ProcessorNames
{
    /// <summary>The malware scan of GuardDuty.</summary>
    public const string GuardDuty = "guardduty";
}
