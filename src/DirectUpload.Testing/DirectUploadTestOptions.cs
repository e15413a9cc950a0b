namespace DirectUpload.Testing;

/// <summary>Configures how <c>UseDirectUploadTesting()</c> changes an application for a test.</summary>
public sealed class DirectUploadTestOptions
{
    /// <summary>Gets or sets a value that indicates whether the record store of the application is kept.</summary>
    /// <value>
    /// The default is false: records are stored in memory. Set it to true if entities of the application refer to uploads by Entity
    /// Framework Core, whose store must then be in the database of the test.
    /// </value>
    public bool KeepRecordStore { get; set; }

    /// <summary>Gets or sets the first time of the clock of the test.</summary>
    /// <value>The default is null: the time of the system. It has no effect if the application registers a clock of its own.</value>
    public DateTimeOffset? StartTime { get; set; }
}
