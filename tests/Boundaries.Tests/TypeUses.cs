using System.Reflection;
using System.Reflection.Emit;

namespace Homeward.Boundaries.Tests;

/// <summary>Which types a type uses: in signatures, attributes, bases, local variables and every instruction of its methods.</summary>
/// <remarks>
/// Read from what was compiled. What the compiler leaves no trace of (a <c>const</c>, a <c>nameof</c>) is not seen here;
/// the rule on project references stands for that.
/// </remarks>
internal static class TypeUses
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> _codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>The outermost types used by the type and by what is nested in it, itself left out.</summary>
    public static HashSet<Type> Of(Type type)
    {
        var used = new HashSet<Type>();
        foreach (var member in Nested(type)) ReadType(member, used);
        used.Remove(type);
        return used;
    }

    public static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return type;
    }

    private static IEnumerable<Type> Nested(Type type) => type.GetNestedTypes(All).SelectMany(Nested).Prepend(type);

    private static void ReadType(Type type, HashSet<Type> used)
    {
        Add(type.BaseType, used);
        foreach (var face in type.GetInterfaces()) Add(face, used);
        foreach (var parameter in type.IsGenericTypeDefinition ? type.GetGenericArguments() : [])
            foreach (var bound in parameter.GetGenericParameterConstraints()) Add(bound, used);
        Attributes(type.CustomAttributes, used);
        foreach (var field in type.GetFields(All))
        {
            Add(field.FieldType, used);
            Attributes(field.CustomAttributes, used);
        }
        foreach (var property in type.GetProperties(All)) Attributes(property.CustomAttributes, used);
        foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All))) ReadMethod(method, used);
    }

    private static void ReadMethod(MethodBase method, HashSet<Type> used)
    {
        Add((method as MethodInfo)?.ReturnType, used);
        foreach (var parameter in method.GetParameters())
        {
            Add(parameter.ParameterType, used);
            Attributes(parameter.CustomAttributes, used);
        }
        Attributes(method.CustomAttributes, used);
        if (method.GetMethodBody() is not { } body) return;
        foreach (var local in body.LocalVariables) Add(local.LocalType, used);
        foreach (var clause in body.ExceptionHandlingClauses)
            if (clause.Flags == ExceptionHandlingClauseOptions.Clause) Add(clause.CatchType, used);
        foreach (var token in Tokens(body.GetILAsByteArray()!)) ReadToken(method, token, used);
    }

    private static void ReadToken(MethodBase method, int token, HashSet<Type> used)
    {
        var ofType = method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        var member = method.Module.ResolveMember(token, ofType, ofMethod);
        switch (member)
        {
            case Type type:
                Add(type, used);
                break;
            case FieldInfo field:
                Add(field.DeclaringType, used);
                Add(field.FieldType, used);
                break;
            case MethodBase called:
                Add(called.DeclaringType, used);
                Add((called as MethodInfo)?.ReturnType, used);
                foreach (var parameter in called.GetParameters()) Add(parameter.ParameterType, used);
                foreach (var argument in called.IsGenericMethod ? called.GetGenericArguments() : []) Add(argument, used);
                break;
        }
    }

    /// <summary>The metadata tokens among the operands of a method's instructions.</summary>
    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xFE ? unchecked((short)(0xFE00 | code[at + 1])) : code[at];
            var opCode = _codes[value];
            at += opCode.Size;
            switch (opCode.OperandType)
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    at += 1;
                    break;
                case OperandType.InlineVar:
                    at += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    at += 8;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 + (4 * BitConverter.ToInt32(code, at));
                    break;
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    yield return BitConverter.ToInt32(code, at);
                    at += 4;
                    break;
                default:
                    at += 4;
                    break;
            }
        }
    }

    private static void Attributes(IEnumerable<CustomAttributeData> attributes, HashSet<Type> used)
    {
        foreach (var attribute in attributes)
        {
            Add(attribute.AttributeType, used);
            foreach (var argument in attribute.ConstructorArguments) Add(argument.Value as Type, used);
        }
    }

    private static void Add(Type? type, HashSet<Type> used)
    {
        while (type is { HasElementType: true }) type = type.GetElementType();
        if (type is null || type.IsGenericParameter) return;
        foreach (var argument in type.IsGenericType ? type.GetGenericArguments() : []) Add(argument, used);
        used.Add(Outermost(type.IsGenericType ? type.GetGenericTypeDefinition() : type));
    }
}
