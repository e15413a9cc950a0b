using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;

namespace DirectUpload.Blazor.Forms;

/// <summary>Names the form field of an expression as Blazor's inputs do: <c>() => Model.Photos[0].Id</c> is "Model.Photos[0].Id".</summary>
internal static class FieldName
{
    /// <summary>Returns null for an expression that is more than members and indexes.</summary>
    public static string? From(LambdaExpression expression)
    {
        var name = Describe(expression.Body);
        return string.IsNullOrEmpty(name) ? null : name;
    }

    // The component itself, and the object in which the compiler keeps local variables, have the empty name.
    private static string? Describe(Expression? expression) => expression switch
    {
        null or ConstantExpression => "",
        UnaryExpression { NodeType: ExpressionType.Convert, Operand: var operand } => Describe(operand),
        MemberExpression { Expression: var owner, Member.Name: var member } => Describe(owner) switch
        {
            null => null,
            "" => member.Contains('<', StringComparison.Ordinal) ? "" : member,
            var prefix => $"{prefix}.{member}",
        },
        BinaryExpression { NodeType: ExpressionType.ArrayIndex, Left: var array, Right: var index } => Index(array, index),
        MethodCallExpression { Method.Name: "get_Item", Object: { } list, Arguments: [var index] } => Index(list, index),
        _ => null,
    };

    private static string? Index(Expression list, Expression index) =>
        Describe(list) is { } prefix && Evaluate(index) is { } value
            ? string.Create(CultureInfo.InvariantCulture, $"{prefix}[{value}]")
            : null;

    private static object? Evaluate(Expression? expression) => expression switch
    {
        ConstantExpression { Value: var value } => value,
        MemberExpression { Member: FieldInfo field, Expression: var owner } => Evaluate(owner) is { } it ? field.GetValue(it) : null,
        _ => null,
    };
}
