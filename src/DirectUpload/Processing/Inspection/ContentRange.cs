namespace DirectUpload.Processing.Inspection;

/// <summary>A range of an object's content that was read because a detector needed it.</summary>
/// <param name="Offset">The index of the first byte in the content.</param>
/// <param name="Bytes">The bytes of the range.</param>
internal readonly record struct ContentRange(long Offset, byte[] Bytes);
