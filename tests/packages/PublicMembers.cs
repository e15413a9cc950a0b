using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Packages;

/// <summary>The documentation ids, without parameters, of what an assembly shows to others.</summary>
internal static class PublicMembers
{
    public static HashSet<string> Of(byte[] assembly)
    {
        using var file = new PEReader(new MemoryStream(assembly));
        var reader = file.GetMetadataReader();
        return [.. reader.TypeDefinitions.Select(reader.GetTypeDefinition).Where(type => IsPublic(reader, type))
            .SelectMany(type => Of(reader, type))];
    }

    private static IEnumerable<string> Of(MetadataReader reader, TypeDefinition type)
    {
        var name = FullName(reader, type);
        yield return "T:" + name;
        foreach (var method in type.GetMethods().Select(reader.GetMethodDefinition).Where(IsPublic))
            yield return $"M:{name}.{reader.GetString(method.Name).Replace('.', '#')}";
        foreach (var field in type.GetFields().Select(reader.GetFieldDefinition).Where(IsPublic))
            yield return $"F:{name}.{reader.GetString(field.Name)}";
        foreach (var property in type.GetProperties().Select(reader.GetPropertyDefinition))
            if (IsPublic(reader, property.GetAccessors().Getter) || IsPublic(reader, property.GetAccessors().Setter))
                yield return $"P:{name}.{reader.GetString(property.Name)}";
        foreach (var @event in type.GetEvents().Select(reader.GetEventDefinition)
            .Where(@event => IsPublic(reader, @event.GetAccessors().Adder)))
            yield return $"E:{name}.{reader.GetString(@event.Name)}";
    }

    private static string FullName(MetadataReader reader, TypeDefinition type)
    {
        var name = reader.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer ? $"{FullName(reader, reader.GetTypeDefinition(outer))}.{name}"
            : type.Namespace.IsNil ? name : $"{reader.GetString(type.Namespace)}.{name}";
    }

    private static bool IsPublic(MetadataReader reader, TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
            IsPublic(reader, reader.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    private static bool IsPublic(MetadataReader reader, MethodDefinitionHandle method) =>
        !method.IsNil && IsPublic(reader.GetMethodDefinition(method));

    private static bool IsPublic(MethodDefinition method) =>
        (method.Attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family
            or MethodAttributes.FamORAssem;

    private static bool IsPublic(FieldDefinition field) =>
        (field.Attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family
            or FieldAttributes.FamORAssem;
}
