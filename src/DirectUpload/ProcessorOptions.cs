namespace DirectUpload;

/// <summary>Configures how a processor of a profile runs.</summary>
/// <example>
/// <code>
/// invoice.AddProcessor&lt;PageCount&gt;("page-count", processor =>
/// {
///     processor.Order = 10;                               // after those of a lower order
///     processor.Timeout = TimeSpan.FromMinutes(2);        // instead of ProcessingTimeout
///     processor.ReadsWholeFile = true;                    // from a temporary copy, whose streams can seek
/// });
/// </code>
/// </example>
public sealed class ProcessorOptions
{
    /// <summary>Gets or sets the position of the processor among the processors of the profile.</summary>
    /// <value>
    /// Any number. The default is 0. Processors with a lower number run first; those with the same number run in the order in which they
    /// were added.
    /// </value>
    public int Order { get; set; }

    /// <summary>Gets or sets how long the processor may work on one upload.</summary>
    /// <value>
    /// 1 second to 7 days. The default is null: <see cref="DirectUploadOptions.ProcessingTimeout"/>. A processor that takes longer is
    /// canceled, and the attempt counts as failed.
    /// </value>
    public TimeSpan? Timeout { get; set; }

    /// <summary>Gets or sets a value that indicates whether the processor reads the whole file.</summary>
    /// <value>
    /// The default is false: each stream reads from storage. If true, the file is first copied to a temporary file, once for all such
    /// processors of the profile, and its streams can seek. A file that is larger than
    /// <see cref="DirectUploadOptions.MaxTemporaryFileSize"/> is read from storage.
    /// </value>
    public bool ReadsWholeFile { get; set; }
}
