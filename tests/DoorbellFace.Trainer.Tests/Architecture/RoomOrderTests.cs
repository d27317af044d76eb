using System.Reflection;
using System.Reflection.Emit;
using DoorbellFace.Trainer.Network;

namespace DoorbellFace.Trainer.Tests.Architecture;

/// <summary>
/// The trainer's rooms (namespaces) stand in an order, and each uses only those before it (docs/architecture.md). Read from the compiled
/// assembly: types of members, base types, and every type, field and method that code mentions.
/// </summary>
public class RoomOrderTests
{
    private const string Root = "DoorbellFace.Trainer";

    private static readonly string[] Order =
    [
        "Dataset", "Augmentation", "Network", "Checkpoints", "Weights", "Graphs", "Evaluation", "Training", "Export", "Distillation",
            "Landmarks", "Review",
        "Reports", "Building", "Reproduction", "Commands",
    ];

    private static readonly Type[] Types = [.. typeof(FaceNetwork).Assembly.GetTypes().Where(type => RoomOf(type) is not null)];

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    public static TheoryData<string> Rooms => [.. Order];

    [Fact]
    public void Every_room_has_its_place_in_the_order() => Assert.Empty(Types.Select(RoomOf).Distinct().Except(Order));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_uses_only_rooms_before_it(string room)
    {
        Type[] inRoom = [.. Types.Where(type => RoomOf(type) == room)];
        string[] wrong =
        [
            .. from type in inRoom
               from used in UsedBy(type)
               where Array.IndexOf(Order, RoomOf(used)) > Array.IndexOf(Order, room)
               select $"{type.Name} uses {used.FullName}",
        ];

        Assert.NotEmpty(inRoom);
        Assert.Empty(wrong.Distinct());
    }

    /// <summary>What the reading of code must see, or the test above would be blind.</summary>
    [Fact]
    public void What_only_the_body_of_a_method_mentions_is_seen() =>
        Assert.Contains(typeof(Trainer.Export.ModelExport), UsedBy(typeof(Trainer.Building.ModelBuild)));

    private static string? RoomOf(Type? type) =>
        type?.Namespace is { } name && name.StartsWith(Root + ".", StringComparison.Ordinal)
            ? name[(Root.Length + 1)..].Split('.')[0]
            : null;

    private static HashSet<Type> UsedBy(Type type)
    {
        const BindingFlags All =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var used = new HashSet<Type>();
        Add(used, type.BaseType);
        foreach (Type contract in type.GetInterfaces()) Add(used, contract);
        foreach (FieldInfo field in type.GetFields(All)) Add(used, field.FieldType);
        foreach (MethodBase method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
        {
            if (method is MethodInfo { ReturnType: var result }) Add(used, result);
            foreach (ParameterInfo parameter in method.GetParameters()) Add(used, parameter.ParameterType);
            if (method.GetMethodBody() is not { } body) continue;
            foreach (LocalVariableInfo local in body.LocalVariables) Add(used, local.LocalType);
            foreach (MemberInfo member in MentionedIn(method, body.GetILAsByteArray()!))
            {
                Add(used, member as Type ?? member.DeclaringType);
                if (member is MethodInfo { IsGenericMethod: true } generic)
                    foreach (Type argument in generic.GetGenericArguments()) Add(used, argument);
            }
        }
        return used;
    }

    private static void Add(HashSet<Type> used, Type? type)
    {
        if (type is null || !(type.IsGenericType || type.HasElementType || RoomOf(type) is not null)) return;
        if (type.HasElementType) Add(used, type.GetElementType());
        else if (used.Add(type) && type.IsGenericType) foreach (Type argument in type.GetGenericArguments()) Add(used, argument);
    }

    private static IEnumerable<MemberInfo> MentionedIn(MethodBase method, byte[] code)
    {
        Type[]? ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (int at = 0; at < code.Length;)
        {
            short value = code[at++];
            if (value == 0xFE) value = (short)(0xFE00 | code[at++]);
            OpCode operation = OpCodesByValue[value];
            if (operation.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok
                or OperandType.InlineType)
                yield return method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod)!;
            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }
}
