using System.CommandLine;

namespace DoorbellFace.Trainer.Commands;

/// <summary>--mixed-precision, of every command that trains.</summary>
internal static class MixedPrecisionOption
{
    /// <summary>The option; see <see cref="Network.MixedPrecisionOperations"/>.</summary>
    public static Option<bool> Create() => new("--mixed-precision")
    {
        Description =
            "Where every layer learns, compute with 16 bits as far as that is enough: faster on a processor with AMX, slower on others.",
    };
}
