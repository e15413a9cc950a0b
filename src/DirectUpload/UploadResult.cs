using System.Diagnostics.CodeAnalysis;
using DirectUpload.Uploads;

namespace DirectUpload;

internal static class UploadResult
{
    /// <summary>A success whose value is known by an interface, which no conversion takes.</summary>
    public static UploadResult<T> Of<T>(T value)
        where T : class => UploadResult<T>.Success(value);
}

/// <summary>
/// What came of a call: a value, or an expected refusal. An outage of storage or of the record store is neither; it is an exception, and nothing
/// was concluded from it.
/// </summary>
/// <typeparam name="T">What a success brings.</typeparam>
public sealed class UploadResult<T>
    where T : class
{
    private UploadResult(T? value, UploadError? error) => (Value, Error) = (value, error);

    /// <summary>What was asked for, when it <see cref="Succeeded"/>.</summary>
    public T? Value { get; }

    /// <summary>Why it was refused, when it did not succeed.</summary>
    public UploadError? Error { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    internal static UploadResult<T> Success(T value) => new(value, null);

    /// <summary>A success.</summary>
    public static implicit operator UploadResult<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator UploadResult<T>(UploadError error) => new(null, error);
}
