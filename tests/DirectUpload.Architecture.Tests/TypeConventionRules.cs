using System.Reflection;
using System.Runtime.CompilerServices;
using DirectUpload.Stores;

namespace DirectUpload.Architecture.Tests;

/// <summary>Rules about compiled types.</summary>
internal static class TypeConventionRules
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] CredentialWords = ["Secret", "AccessKey", "Password", "SessionToken", "Credential"];

    /// <summary>
    /// Public types that are neither sealed, static, abstract, an interface, an enum nor a struct, and that everyone can create: an entity
    /// type, which proxies derive from, has a protected constructor.
    /// </summary>
    public static IEnumerable<string> Unsealed(IEnumerable<Type> types) =>
        types.Where(type => type is { IsVisible: true, IsClass: true, IsSealed: false, IsAbstract: false }
            && type.GetConstructors().Length > 0).Select(type => type.FullName!);

    /// <summary>Public methods that return a task and don't say so, or can't be cancelled.</summary>
    public static IEnumerable<string> WithBadAsyncSignature(IEnumerable<Type> types) =>
        from type in types
        where type.IsVisible && !typeof(Delegate).IsAssignableFrom(type)
        from method in type.GetMethods(Declared)
        where (method.IsPublic || method.IsFamily) && IsTask(method.ReturnType) && !IsDictatedByTheFramework(type, method)
        where !method.Name.EndsWith("Async", StringComparison.Ordinal)
            || method.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken)
        select $"{type.FullName}.{method.Name}";

    /// <summary>Stores, and the records that they keep, that hold or take a raw token.</summary>
    public static IEnumerable<string> WithTokenMembers(IEnumerable<Type> types) =>
        from type in types
        where typeof(IUploadRecordStore).IsAssignableFrom(type) || type == typeof(UploadRecord)
        from member in type.GetMembers(Declared)
        where TypesOf(member).Any(Mentions<UploadToken>)
        select $"{type.FullName}.{member.Name}";

    /// <summary>
    /// Finds options with which a host would write its AWS credentials into configuration; AWS clients come from the container. A secret
    /// that the application shares with another party is named Secret or Secrets, and has no other place.
    /// </summary>
    public static IEnumerable<string> SecretOptions(IEnumerable<Type> types) =>
        from type in types
        where type.Name.EndsWith("Options", StringComparison.Ordinal)
        from property in type.GetProperties(Declared)
        where property.Name is not ("Secret" or "Secrets")
        where CredentialWords.Any(word => property.Name.Contains(word, StringComparison.OrdinalIgnoreCase))
        select $"{type.FullName}.{property.Name}";

    private static bool IsTask(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType
            && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)));

    // Interfaces and bases of the platform set their own signatures: DisposeAsync, IResult.ExecuteAsync, middleware.
    private static bool IsDictatedByTheFramework(Type type, MethodInfo method) =>
        method.GetBaseDefinition().DeclaringType is { } declaring && declaring != type && !IsProductType(declaring)
        || (!type.IsInterface && type.GetInterfaces().Where(seam => !IsProductType(seam))
            .Any(seam => type.GetInterfaceMap(seam).TargetMethods.Contains(method)));

    private static bool IsProductType(Type type) =>
        type.Assembly.GetName().Name?.StartsWith("DirectUpload", StringComparison.Ordinal) == true;

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        FieldInfo field => [field.FieldType],
        PropertyInfo property => [property.PropertyType],
        MethodBase method => [
            .. method.GetParameters().Select(parameter => parameter.ParameterType),
            method is MethodInfo { ReturnType: var type } ? type : typeof(void)],
        _ => [],
    };

    private static bool Mentions<T>(Type type) =>
        type == typeof(T) || (type.HasElementType && Mentions<T>(type.GetElementType()!)) || type.GetGenericArguments().Any(Mentions<T>);

    public static IEnumerable<Type> HandwrittenTypes(this Assembly assembly) =>
        assembly.GetTypes().Where(type => type.GetCustomAttribute<CompilerGeneratedAttribute>() is null);
}
