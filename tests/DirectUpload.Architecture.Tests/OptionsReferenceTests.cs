using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DirectUpload.Architecture.Tests;

/// <summary>Attributes, documentation, validators, the schema and the configuration reference say the same.</summary>
public sealed partial class OptionsReferenceTests
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TheoryData<string, string> BoundedOptions
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (section, type) in OptionsReference.Classes)
            {
                foreach (var property in OptionsReference.GetOptions(type)
                    .Where(property => OptionsReference.GetBounds(property) is not null))
                    data.Add(section, property.Name);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(BoundedOptions))]
    public void Value_BoundedOption_StatesTheSameBounds(string section, string name)
    {
        var property = Find(section, name);
        var (min, max) = OptionsReference.GetBounds(property)!.Value;
        var match = BoundsPattern().Match(OptionsReference.GetText(property, "value"));

        match.Success.Should().BeTrue("its <value> begins with \"A to B\"");
        Parse(match.Groups["max"].Value, match.Groups["maxunit"].Value).Should().Be(max);
        var unit = match.Groups["minunit"] is { Success: true, Length: > 0 } own ? own.Value : match.Groups["maxunit"].Value;
        Parse(match.Groups["min"].Value, unit).Should().Be(min);
    }

    [Theory]
    [MemberData(nameof(BoundedOptions))]
    public void Validate_OutsideBounds_NamesTheOption(string section, string name)
    {
        var property = Find(section, name);
        var (min, max) = OptionsReference.GetBounds(property)!.Value;
        var bounds = property.DeclaringType!.Assembly.GetType(
            "DirectUpload.Primitives.OptionBounds")!.GetMethod("FindErrors")!.MakeGenericMethod(property.DeclaringType);

        FindErrors(Add(min, -1)).Should().ContainSingle().Which.Should().StartWith($"{name} is ");
        FindErrors(min).Should().BeEmpty();
        FindErrors(max).Should().BeEmpty();
        if (!max.Equals(long.MaxValue) && !max.Equals((long)int.MaxValue))
            FindErrors(Add(max, 1)).Should().ContainSingle().Which.Should().StartWith($"{name} is ");

        IEnumerable<string> FindErrors(IComparable value)
        {
            var options = Activator.CreateInstance(property.DeclaringType)!;
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            property.SetValue(options, type == typeof(int) ? (object)(int)(long)value : value);
            return (IEnumerable<string>)bounds.Invoke(null, [options])!;
        }
    }

    [Fact]
    public void ConfigurationReference_Regenerated_IsUnchanged() => Compare("docs/configuration.md", OptionsReference.CreateMarkdown());

    [Fact]
    public void ConfigurationSchema_Regenerated_IsUnchanged() =>
        Compare(
            "src/DirectUpload/ConfigurationSchema.json",
            OptionsReference.CreateSchema().ToJsonString(Indented).ReplaceLineEndings("\n") + "\n");

    private static void Compare(string path, string text)
    {
        var file = Path.Combine(Path.GetDirectoryName(SourceFile.SrcFolder)!, path);
        if (Environment.GetEnvironmentVariable("DIRECTUPLOAD_OPTIONS_REFERENCE") == "write")
            File.WriteAllText(file, text);
        File.ReadAllText(file).Should().Be(text, "DIRECTUPLOAD_OPTIONS_REFERENCE=write writes {0} anew", path);
    }

    private static PropertyInfo Find(string section, string name) =>
        OptionsReference.Classes.Single(it => it.Section == section).Type.GetProperty(name)!;

    private static IComparable Add(IComparable value, int step) =>
        value is TimeSpan time ? time + TimeSpan.FromTicks(step) : (long)value + step;

    private static IComparable Parse(string number, string unit)
    {
        var value = long.Parse(number, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        return unit.TrimEnd('s') switch
        {
            "" => value,
            "MiB" => value << 20,
            "GiB" => value << 30,
            "millisecond" => TimeSpan.FromMilliseconds(value),
            "second" => TimeSpan.FromSeconds(value),
            "minute" => TimeSpan.FromMinutes(value),
            "hour" => TimeSpan.FromHours(value),
            "day" => TimeSpan.FromDays(value),
            _ => throw new FormatException($"\"{unit}\" is not a unit."),
        };
    }

    [GeneratedRegex(
        @"^(?<min>[\d,]+)(?: (?<minunit>[a-zA-Z]+))? to (?<max>\d[\d,]*)(?<!,)"
        + @"(?: (?<maxunit>MiB|GiB|milliseconds?|seconds?|minutes?|hours?|days?))?")]
    private static partial Regex BoundsPattern();
}
