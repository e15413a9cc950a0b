using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace DirectUpload.Architecture.Tests;

/// <summary>Whatever a log or an exception prints of our types holds no signature, policy, query or token.</summary>
public sealed partial class SecretPrintingTests
{
    private const string Marker = "m4rk3r-of-a-secret";

    // Addresses that hold no signature, and the headers that LocalS3 stores with an object.
    private static readonly string[] Public =
    [
        "FileUploadInfo.ContentUrl", "StatusBody.ContentUrl", "UploadStatusBody.ContentUrl", "ObjectAttributes.Headers",
    ];

    private static IEnumerable<Type> Types =>
        from name in new[]
        {
            "DirectUpload", "DirectUpload.AspNetCore", "DirectUpload.Client", "DirectUpload.DynamoDB", "DirectUpload.EntityFrameworkCore",
            "DirectUpload.LocalS3", "DirectUpload.Sqs",
        }
        from type in Assembly.Load(name).GetTypes()
        where !type.IsAbstract && !type.IsInterface && !type.IsEnum && !type.ContainsGenericParameters && !type.IsByRefLike
            && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
        where type.GetMethod(nameof(ToString), BindingFlags.Public | BindingFlags.Instance, [])!.DeclaringType!.Assembly == type.Assembly
        select type;

    [Fact]
    public void ToString_OfAnyType_PrintsNoSecret()
    {
        var leaking = Types.Where(Leaks).Select(type => type.FullName).ToArray();

        leaking.Should().BeEmpty();
    }

    [Fact]
    public void Types_Checked_AreMoreThanAFew()
    {
        Types.Select(type => type.Name).Should().Contain([
            "UploadGrant", "UploadInstructions", "PresignedUrl", "PresignedPost", "SignedPart", "UploadForm",
            "FileUploadState", "SigningCredentials"]);
        Types.Count(type => Secrets(type).Any()).Should().BeGreaterThan(15);
    }

    [Theory]
    [InlineData(typeof(Plain))]
    [InlineData(typeof(Nested))]
    [InlineData(typeof(ByProperty))]
    public void Leaks_TypeThatPrintsASecret_IsReported(Type type) => Leaks(type).Should().BeTrue();

    private static bool Leaks(Type type)
    {
        try
        {
            return Make(type, depth: 0)?.ToString()?.Contains(Marker, StringComparison.Ordinal) == true;
        }
        catch (ArgumentException)
        {
            // It needs more than its fields to print anything.
            return false;
        }
    }

    private static IEnumerable<FieldInfo> Secrets(Type type) => Fields(type).Where(IsSecret);

    private static IEnumerable<FieldInfo> Fields(Type type)
    {
        for (var at = type; at is not null && at != typeof(object); at = at.BaseType)
        {
            foreach (var field in at.GetFields(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                yield return field;
        }
    }

    private static bool IsSecret(FieldInfo field)
    {
        var name = Backing().Match(field.Name) is { Success: true } match ? match.Groups[1].Value : field.Name.TrimStart('_');
        return Named().IsMatch(name) && !Public.Contains($"{field.DeclaringType!.Name}.{name}");
    }

    private static object? Make(Type type, int depth)
    {
        var made = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var field in Fields(type))
        {
            if (Value(field.FieldType, IsSecret(field) || type.Name is "UploadToken", depth) is { } value)
                field.SetValue(made, value);
        }

        return made;
    }

    private static object? Value(Type type, bool secret, int depth)
    {
        var text = secret ? $"https://bucket.example/{Marker}?X-Amz-Signature={Marker}" : "text";
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return text;
        if (type == typeof(Uri))
            return new Uri(secret ? text : "https://bucket.example/");
        if (type.IsAssignableFrom(typeof(Printing<string, string>)))
            return new Printing<string, string> { [text] = text };
        if (type.IsAssignableFrom(typeof(string[])) && type != typeof(object))
            return new[] { text };
        if (type.IsArray)
            return Filled(type.GetElementType()!, depth);
        if (type.IsGenericType && type.GetInterfaces().Append(type).Any(it => it == typeof(IEnumerable))
            && type.GetGenericArguments() is [var item] && type.IsAssignableFrom(item.MakeArrayType()))
            return Filled(item, depth);
        var isOurs = type.Assembly.GetName().Name!.StartsWith("DirectUpload", StringComparison.Ordinal) && !type.IsAbstract
            && !type.IsInterface && !type.IsEnum && !type.ContainsGenericParameters && !type.IsByRefLike
            && !typeof(Delegate).IsAssignableFrom(type);
        return isOurs && depth < 4 ? Make(type, depth + 1) : null;
    }

    private static Array Filled(Type item, int depth)
    {
        var array = Array.CreateInstance(item, 1);
        if (Value(item, false, depth) is { } value)
            array.SetValue(value, 0);
        return array;
    }

    [GeneratedRegex("^<(.+)>k__BackingField$")]
    private static partial Regex Backing();

    [GeneratedRegex(
        "url|uri|action|fields|headers|secret|password|signature|policy|query|^(write|read|session|upload)?token$|hiddenfields",
        RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    /// <summary>A dictionary that would print what is in it.</summary>
    private sealed class Printing<TKey, TValue> : Dictionary<TKey, TValue>
        where TKey : notnull
    {
        public override string ToString() => string.Join(' ', this.Select(entry => $"{entry.Key}={entry.Value}"));
    }

    private sealed record Plain(string Url);

    private sealed record Nested(Plain Inner);

    private sealed record ByProperty(IReadOnlyDictionary<string, string> Fields)
    {
        public string Text => string.Join(' ', Fields.Keys);
    }
}
