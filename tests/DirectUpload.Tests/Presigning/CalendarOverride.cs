using System.Globalization;
using System.Runtime.CompilerServices;

namespace DirectUpload.Tests.Presigning;

/// <summary>Makes a culture count years as Thailand's does; the tests run without ICU, so there is no such culture to ask for.</summary>
internal static class CalendarOverride
{
    public static void Set(DateTimeFormatInfo format, Calendar calendar) => GetCalendarField(format) = calendar;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "calendar")]
    private static extern ref Calendar GetCalendarField(DateTimeFormatInfo format);
}
