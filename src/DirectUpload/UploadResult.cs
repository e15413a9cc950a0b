using System.Diagnostics.CodeAnalysis;

namespace DirectUpload;

/// <summary>Contains the value of a call that succeeded, or the error with which the call was refused.</summary>
/// <remarks>
/// If storage or the record store is unavailable, there is no result: the call throws an exception. Instances are immutable and safe for
/// concurrent use.
/// </remarks>
/// <typeparam name="T">The type of the value.</typeparam>
/// <example>
/// <code>
/// var result = await uploads.ConfirmAsync(id, writeToken);
/// if (!result.TryGetValue(out var upload))
///     return Results.Problem(result.Error.Message);
/// </code>
/// </example>
public sealed class UploadResult<T>
{
    internal UploadResult(T value) => Value = value;

    internal UploadResult(UploadError error) => Error = error;

    /// <summary>Gets the value.</summary>
    /// <value>The value if <see cref="Succeeded"/> is true; otherwise the default value of the type.</value>
    public T? Value { get; }

    /// <summary>Gets the error.</summary>
    /// <value>The error if <see cref="Succeeded"/> is false; otherwise null.</value>
    public UploadError? Error { get; }

    /// <summary>Gets a value that indicates whether the call succeeded.</summary>
    /// <value>True if the call succeeded; false if it was refused.</value>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    /// <summary>Creates a result with a value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The result.</returns>
    public static implicit operator UploadResult<T>(T value) => new(value);

    /// <summary>Creates a result with an error.</summary>
    /// <param name="error">The error.</param>
    /// <returns>The result.</returns>
    public static implicit operator UploadResult<T>(UploadError error) => new(error);

    /// <summary>Gets the value if the call succeeded.</summary>
    /// <param name="value">The value, or the default value of the type if the call was refused.</param>
    /// <returns>True if the call succeeded; false if it was refused, with the reason in <see cref="Error"/>.</returns>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool TryGetValue([MaybeNullWhen(false)] out T value)
    {
        value = Value;
        return Succeeded;
    }

    /// <summary>Gets the value if the call succeeded, or the error if it was refused.</summary>
    /// <param name="value">The value, or the default value of the type if the call was refused.</param>
    /// <param name="error">The error, or null if the call succeeded.</param>
    /// <returns>True if the call succeeded; false if it was refused.</returns>
    public bool TryGetValue([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out UploadError? error)
    {
        (value, error) = (Value, Error);
        return error is null;
    }

    /// <summary>Gets the value, or throws an exception if the call was refused.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidOperationException">
    /// The call was refused; the message contains the code and the message of <see cref="Error"/>.
    /// </exception>
    public T GetValueOrThrow() => Succeeded
        ? Value
        : throw new InvalidOperationException($"The upload call was refused ({Error.Code}): {Error.Message}");

    /// <summary>Converts the value, or keeps the error.</summary>
    /// <typeparam name="TResult">The type of the new value.</typeparam>
    /// <param name="convert">Converts the value; it is not called if the call was refused.</param>
    /// <returns>A result with the new value, or with the same error.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="convert"/> is null.</exception>
    public UploadResult<TResult> Map<TResult>(Func<T, TResult> convert)
    {
        ArgumentNullException.ThrowIfNull(convert);
        return Succeeded ? new(convert(Value)) : new(Error);
    }

    /// <summary>Returns a text for logs: whether the call succeeded, or the code and the message of the error.</summary>
    /// <returns>A text without the value.</returns>
    public override string ToString() => Succeeded ? "(succeeded)" : $"({Error.Code}: {Error.Message})";
}
