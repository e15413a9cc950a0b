using System.Globalization;

namespace DirectUpload.Primitives;

/// <summary>Specifies the bounds of an option, for the validator, the JSON schema and the configuration reference.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OptionRangeAttribute : Attribute
{
    /// <summary>Specifies the bounds of an integer.</summary>
    public OptionRangeAttribute(long min, long max) => (Min, Max) = (min, max);

    /// <summary>Specifies the bounds of a time span, in the format <c>[d.]hh:mm:ss[.fffffff]</c>.</summary>
    public OptionRangeAttribute(string min, string max) =>
        (Min, Max) = (TimeSpan.Parse(min, CultureInfo.InvariantCulture), TimeSpan.Parse(max, CultureInfo.InvariantCulture));

    public IComparable Min { get; }

    public IComparable Max { get; }

    /// <summary>Returns the error of a value; null when the value is within the bounds, or not set.</summary>
    public string? FindError(string option, object? value)
    {
        var comparable = value is int number ? (long)number : value;
        return comparable is null || (Min.CompareTo(comparable) <= 0 && Max.CompareTo(comparable) >= 0)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{option} is {value}; set it between {Min} and {Max}.");
    }
}
