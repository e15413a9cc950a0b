using System.Xml.Linq;

namespace Packages;

/// <summary>The XML documentation describes every public type, and nothing that is not public.</summary>
internal static class DocumentationRules
{
    public static IEnumerable<string> Violations(Package package)
    {
        var members = PublicMembers.Of(package.Library(".dll"));
        var documented = XDocument.Load(new MemoryStream(package.Library(".xml"))).Descendants("member")
            .Select(member => Name(member.Attribute("name")!.Value)).ToHashSet();
        foreach (var name in documented.Except(members).Order(StringComparer.Ordinal))
            yield return $"the XML file documents {name}, which is not public.";
        foreach (var name in members.Where(name => name.StartsWith("T:", StringComparison.Ordinal)).Except(documented))
            yield return $"the XML file does not document {name}.";
    }

    // "M:A.B`1.C``1(System.Int32)" becomes "M:A.B`1.C": overloads are not told apart.
    private static string Name(string id)
    {
        var name = id.Split('(', '~')[0];
        return name.IndexOf("``", StringComparison.Ordinal) is > 0 and var arity ? name[..arity] : name;
    }
}
