using System.Buffers.Binary;
using System.Text;

namespace DoorbellFace.Trainer.Weights;

/// <summary>
/// Reads the few instructions of Python's pickle language that files of weights are made of (numbered as in Python's pickletools). A pickle
/// is a program that may call anything; here only names out of <see cref="PickleCalls"/> are known, and all they can make is a tensor's
/// description. Time and memory are bounded by the length of the input: every instruction takes a byte, and none makes more than it reads.
/// </summary>
/// <param name="bytes">The pickle; it may be followed by something else.</param>
internal sealed class PickleReader(ReadOnlyMemory<byte> bytes)
{
    private const int NewestProtocol = 5;

    private static readonly object Mark = new();

    private readonly List<object?> _stack = [];
    private readonly Dictionary<long, object?> _memo = [];
    private readonly PickleCalls _calls = new(mostPairs: bytes.Length);

    /// <summary>The place after the last byte that was read.</summary>
    public int Position { get; private set; }

    /// <summary>Reads one pickle, up to its stop instruction.</summary>
    /// <exception cref="InvalidWeightFileException">It is cut short, makes no sense, or asks for something that is no tensor.</exception>
    public object? Read()
    {
        _stack.Clear();
        _memo.Clear();
        while (true)
        {
            byte instruction = Take(1)[0];
            if (instruction == '.') return Pop();
            Execute(instruction);
        }
    }

    private static InvalidWeightFileException Senseless(string what) => new($"its index makes no sense: {what}.");

    private void Execute(byte instruction)
    {
        switch (instruction)
        {
            case 0x80:
                if (Take(1)[0] is var protocol && protocol > NewestProtocol)
                    throw Senseless($"pickle protocol {protocol} is newer than {NewestProtocol}");
                break;
            case 0x95: Take(8); break;
            case (byte)'(': _stack.Add(Mark); break;
            case (byte)'0': Pop(); break;
            case (byte)'1': PopToMark(); break;
            case (byte)'2': _stack.Add(Top()); break;
            case (byte)'N': _stack.Add(null); break;
            case 0x88: _stack.Add(true); break;
            case 0x89: _stack.Add(false); break;
            case (byte)'K': _stack.Add((long)Take(1)[0]); break;
            case (byte)'M': _stack.Add((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case (byte)'J': _stack.Add((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
            case 0x8a: _stack.Add(WholeNumber(Take(1)[0])); break;
            case 0x8b: _stack.Add(WholeNumber(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))); break;
            case (byte)'G': _stack.Add(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
            case (byte)'U' or (byte)'C' or 0x8c: _stack.Add(Text(Take(1)[0])); break;
            case (byte)'T' or (byte)'B' or (byte)'X': _stack.Add(Text(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))); break;
            case 0x8d or 0x8e: _stack.Add(Text(BinaryPrimitives.ReadUInt64LittleEndian(Take(8)))); break;
            case (byte)')' or (byte)']': _stack.Add(new PickleSequence([])); break;
            case (byte)'t' or (byte)'l': _stack.Add(new PickleSequence(PopToMark())); break;
            case 0x85: _stack.Add(new PickleSequence(PopLast(1))); break;
            case 0x86: _stack.Add(new PickleSequence(PopLast(2))); break;
            case 0x87: _stack.Add(new PickleSequence(PopLast(3))); break;
            case (byte)'a': Append(PopLast(1)); break;
            case (byte)'e': Append(PopToMark()); break;
            case (byte)'}': _stack.Add(new PickleDictionary([])); break;
            case (byte)'d':
                List<object?> entries = PopToMark();
                _stack.Add(new PickleDictionary([]));
                SetItems(entries);
                break;
            case (byte)'s': SetItems(PopLast(2)); break;
            case (byte)'u': SetItems(PopToMark()); break;
            case (byte)'q': _memo[Take(1)[0]] = Top(); break;
            case (byte)'r': _memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = Top(); break;
            case 0x94: _memo[_memo.Count] = Top(); break;
            case (byte)'h': Recall(Take(1)[0]); break;
            case (byte)'j': Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))); break;
            case (byte)'c': _stack.Add(PickleCalls.Global(Line() + "." + Line())); break;
            case 0x93:
                List<object?> names = PopLast(2);
                _stack.Add(PickleCalls.Global($"{names[0] as string}.{names[1] as string}"));
                break;
            case (byte)'Q': _stack.Add(PickleCalls.Storage(Pop())); break;
            case (byte)'R':
                object? arguments = Pop(), function = Pop();
                _stack.Add(_calls.Call(function, arguments));
                break;
            case (byte)'b':
                // Attributes of a dictionary: torch keeps its modules' version numbers there.
                Pop();
                if (Top() is not PickleDictionary) throw Senseless("something else than a dictionary has attributes");
                break;
            default:
                throw Senseless($"the instruction 0x{instruction:x2} has no place in weights");
        }
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(bytes.Length - Position)) throw Senseless("it is cut short");
        ReadOnlySpan<byte> taken = bytes.Span.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    private string Text(ulong length) => Encoding.UTF8.GetString(Take(length));

    private string Line()
    {
        int length = bytes.Span[Position..].IndexOf((byte)'\n');
        if (length < 0) throw Senseless("it is cut short");
        string line = Text((ulong)length);
        Position++;
        return line;
    }

    /// <summary>A number of any length, the lowest byte first, the highest bit its sign.</summary>
    private long WholeNumber(ulong length)
    {
        if (length > sizeof(long)) throw Senseless($"a number of {length} bytes");
        ReadOnlySpan<byte> taken = Take(length);
        if (taken.IsEmpty) return 0;
        long value = (sbyte)taken[^1];
        for (int i = taken.Length - 2; i >= 0; i--) value = (value << 8) | taken[i];
        return value;
    }

    private object? Top() =>
        _stack.Count > 0 && !ReferenceEquals(_stack[^1], Mark) ? _stack[^1] : throw Senseless("something is used before it is there");

    private object? Pop()
    {
        object? top = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    private List<object?> PopLast(int count)
    {
        var items = new object?[count];
        for (int i = count - 1; i >= 0; i--) items[i] = Pop();
        return [.. items];
    }

    private List<object?> PopToMark()
    {
        int mark = _stack.FindLastIndex(item => ReferenceEquals(item, Mark));
        if (mark < 0) throw Senseless("a list ends that never began");
        List<object?> items = _stack.GetRange(mark + 1, _stack.Count - mark - 1);
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private void Append(List<object?> items)
    {
        if (Top() is not PickleSequence sequence) throw Senseless("something is appended to what is no list");
        sequence.Items.AddRange(items);
    }

    private void SetItems(List<object?> items)
    {
        if (Top() is not PickleDictionary dictionary || items.Count % 2 != 0) throw Senseless("entries are put into what is no dictionary");
        for (int i = 0; i < items.Count; i += 2)
        {
            if (items[i] is string key && PickleCalls.IsKey(key)) dictionary.Entries[key] = items[i + 1];
        }
    }

    private void Recall(long place) =>
        _stack.Add(_memo.TryGetValue(place, out object? value) ? value : throw Senseless("something is used before it is there"));
}
