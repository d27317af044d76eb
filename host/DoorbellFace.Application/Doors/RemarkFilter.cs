using System.Globalization;

namespace DoorbellFace.Application.Doors;

/// <summary>
/// Lets a few of the doorbell's remarks through in each minute and counts the others: a device that has gone wrong sends thousands. Not
/// thread-safe: the door's worker owns it.
/// </summary>
public sealed class RemarkFilter
{
    /// <summary>A healthy device remarks on a handful of things after its start, and then on hardly anything.</summary>
    private const int MostInAMinute = 20;

    private DateTimeOffset _minuteBegan;
    private int _passed, _heldBack;

    /// <summary>The remark, with a word on those that were held back before it; null when it is held back itself.</summary>
    public string? Pass(string text, DateTimeOffset at)
    {
        string rest = "";
        if (at - _minuteBegan >= TimeSpan.FromMinutes(1))
        {
            if (_heldBack > 0) rest = string.Create(CultureInfo.InvariantCulture, $" ({_heldBack} more remarks were left out)");
            (_minuteBegan, _passed, _heldBack) = (at, 0, 0);
        }
        if (_passed >= MostInAMinute)
        {
            _heldBack++;
            return null;
        }
        _passed++;
        return text + rest;
    }
}
